# candor_sql(<target> <dialect> MIGRATIONS <NNNN_what>... STATEMENTS <module>/<verb_noun>...)
#   Puts sql/<dialect>/**.sql into the binary. `#include "sql/<dialect>_statements.h"` then offers, in
#   candor::<dialect>::sql,
#     <module>::<verb_noun>         - the statement, a constexpr std::string_view ending in a NUL
#     kMigrations                   - {number, name, text}, in order
#     kStatements                   - {name, text} of every statement, for tests that walk them
#   The lists are explicit, like lists of sources: an unlisted or missing file stops the build, and so do two
#   statements in one file, a file without a first comment, or a parameter without a name.
function(candor_sql target dialect)
  cmake_parse_arguments(S "" "" "MIGRATIONS;STATEMENTS" ${ARGN})
  set(base "${CMAKE_SOURCE_DIR}/sql/${dialect}")
  set(header "${CMAKE_CURRENT_BINARY_DIR}/generated/sql/${dialect}_statements.h")
  set(paths "")
  foreach(name IN LISTS S_MIGRATIONS)
    list(APPEND paths "${base}/migrations/${name}.sql")
  endforeach()
  foreach(name IN LISTS S_STATEMENTS)
    list(APPEND paths "${base}/${name}.sql")
  endforeach()

  file(GLOB_RECURSE found CONFIGURE_DEPENDS "${base}/*.sql")
  list(REMOVE_ITEM found ${paths})
  if(found)
    message(FATAL_ERROR "SQL files that no candor_sql lists: ${found}")
  endif()

  string(REPLACE ";" "," migrations "${S_MIGRATIONS}")
  string(REPLACE ";" "," statements "${S_STATEMENTS}")
  add_custom_command(
    OUTPUT "${header}"
    COMMAND "${CMAKE_COMMAND}" -D "BASE=${base}" -D "DIALECT=${dialect}" -D "MIGRATIONS=${migrations}"
      -D "STATEMENTS=${statements}" -D "OUTPUT=${header}" -P "${CMAKE_SOURCE_DIR}/scripts/cmake/embed_sql.cmake"
    DEPENDS ${paths} "${CMAKE_SOURCE_DIR}/scripts/cmake/embed_sql.cmake"
    COMMENT "Embedding sql/${dialect}"
    VERBATIM)
  target_sources(${target} PRIVATE "${header}")
  target_include_directories(${target} PUBLIC "${CMAKE_CURRENT_BINARY_DIR}/generated")
endfunction()
