# SPDX-License-Identifier: GPL-2.0-or-later
# Makes the texts that a generated adaptor sends gpiobroker::bus::Text:
# cmake -D ADAPTOR=NAME_adaptor.h -P OutgoingText.cmake
#
# These are what its virtual functions return, and what it answers by sdbus::Result. What comes in
# stays std::string. The signals of the adaptor, which nobody uses, take Texts, too.
set(_text "::gpiobroker::bus::Text")

file(READ "${ADAPTOR}" _code)
string(REGEX MATCHALL "virtual [^;(]*std::string[^;(]*\\(|sdbus::Result<[^&;]*std::string[^&;]*>&&|void emit[^;{]*\\)"
  _outgoing "${_code}")
list(REMOVE_DUPLICATES _outgoing)
foreach(_part IN LISTS _outgoing)
  string(REPLACE "std::string" "${_text}" _as_text "${_part}")
  string(REPLACE "${_part}" "${_as_text}" _code "${_code}")
endforeach()
string(REPLACE "#include <sdbus-c++/sdbus-c++.h>" "#include <sdbus-c++/sdbus-c++.h>\n#include \"bus/wire/text.h\""
  _code "${_code}")
file(WRITE "${ADAPTOR}" "${_code}")
