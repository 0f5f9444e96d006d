# SPDX-License-Identifier: GPL-2.0-or-later
# Generates C++ adaptors and proxies from the D-Bus introspection files at build time.

# gpiobroker_generate_glue(<target> <xml>... [MANY <xml>...])
#
# For each NAME.xml, writes NAME_adaptor.h and NAME_proxy.h to ${CMAKE_BINARY_DIR}/glue, and makes
# <target> an INTERFACE library: who links it can include them and is compiled after them. MANY are
# interfaces with many objects, which share what can be shared.
function(gpiobroker_generate_glue target)
  set(folder "${CMAKE_BINARY_DIR}/glue")
  file(MAKE_DIRECTORY "${folder}")
  set(outgoing_text "${PROJECT_SOURCE_DIR}/tools/cmake/OutgoingText.cmake")
  set(shared_vtable "${PROJECT_SOURCE_DIR}/tools/cmake/SharedVTable.cmake")
  set(headers)
  cmake_parse_arguments(PARSE_ARGV 1 glue "" "" "MANY")
  foreach(xml IN LISTS glue_UNPARSED_ARGUMENTS glue_MANY)
    set(share)
    if(xml IN_LIST glue_MANY)
      set(share COMMAND "${CMAKE_COMMAND}" -D "ADAPTOR=${folder}/NAME_adaptor.h" -P "${shared_vtable}")
    endif()
    get_filename_component(xml "${xml}" ABSOLUTE)
    get_filename_component(name "${xml}" NAME_WLE)
    set(adaptor "${folder}/${name}_adaptor.h")
    list(TRANSFORM share REPLACE "NAME_adaptor.h" "${name}_adaptor.h")
    set(proxy "${folder}/${name}_proxy.h")
    add_custom_command(
      OUTPUT "${adaptor}" "${proxy}"
      COMMAND "${GPIOBROKER_XML2CPP}" "${xml}" "--adaptor=${adaptor}" "--proxy=${proxy}"
      COMMAND "${CMAKE_COMMAND}" -D "ADAPTOR=${adaptor}" -P "${outgoing_text}"
      ${share}
      DEPENDS "${xml}" "${GPIOBROKER_XML2CPP}" "${outgoing_text}" "${shared_vtable}"
      COMMENT "Generating D-Bus glue from ${name}.xml"
      VERBATIM)
    list(APPEND headers "${adaptor}" "${proxy}")
  endforeach()

  add_custom_target(${target}-headers DEPENDS ${headers})
  add_library(${target} INTERFACE)
  add_dependencies(${target} ${target}-headers)
  # SYSTEM: warnings in generated code are not ours to mend.
  target_include_directories(${target} SYSTEM INTERFACE "${folder}")
  target_link_libraries(${target} INTERFACE SDBusCpp::sdbus-c++)
endfunction()
