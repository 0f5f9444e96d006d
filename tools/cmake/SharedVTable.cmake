# SPDX-License-Identifier: GPL-2.0-or-later
# Makes a generated adaptor share the table of its members with all objects of its kind:
# cmake -D ADAPTOR=NAME_adaptor.h -P SharedVTable.cmake
#
# Where each object had its own table, in which every member leads to it, the first of a folder gives
# the table of all, in which a member leads to whichever object is called (bus/wire/shared_vtable.h).
file(READ "${ADAPTOR}" _code)
string(REGEX MATCH "class ([A-Za-z]+_adaptor)" _class "${_code}")
set(_class "${CMAKE_MATCH_1}")

function(_replace from to)
  string(FIND "${_code}" "${from}" _at)
  if(_at EQUAL -1)
    message(FATAL_ERROR "${ADAPTOR} has no '${from}': another version of the generator?")
  endif()
  string(REPLACE "${from}" "${to}" _code "${_code}")
  set(_code "${_code}" PARENT_SCOPE)
endfunction()

_replace("m_object.addVTable( " "m_member = ::gpiobroker::bus::SharedVTables::of(m_object).add(m_object, INTERFACE_NAME, this, [] { return ::gpiobroker::bus::SharedVTables::Items{ ")
_replace(").forInterface(INTERFACE_NAME);" "}; });")
_replace("[this](" "[](")
_replace("this->" "::gpiobroker::bus::called<${_class}>().")
_replace("    sdbus::IObject& m_object;\n" "    sdbus::IObject& m_object;\n    ::gpiobroker::bus::SharedVTables::Member m_member;\n")
_replace("#include <sdbus-c++/sdbus-c++.h>" "#include <sdbus-c++/sdbus-c++.h>\n#include \"bus/wire/shared_vtable.h\"")
file(WRITE "${ADAPTOR}" "${_code}")
