# cmake -D BASE= -D DIALECT= -D MIGRATIONS=a,b -D STATEMENTS=m/a,m/b -D OUTPUT= -P embed_sql.cmake
#   Writes the header that candor_sql promises, and refuses files that break the rules for statements.
cmake_policy(SET CMP0057 NEW)
string(REPLACE "," ";" MIGRATIONS "${MIGRATIONS}")
string(REPLACE "," ";" STATEMENTS "${STATEMENTS}")

function(read_sql name out)
  file(READ "${BASE}/${name}.sql" text)
  if(NOT text MATCHES "^-- [^\n]+\n")
    message(FATAL_ERROR "${BASE}/${name}.sql: the first line must be a comment that says what a row is")
  endif()
  if(text MATCHES "\\)candor_sql\"")
    message(FATAL_ERROR "${BASE}/${name}.sql: contains the delimiter of the generated literal")
  endif()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(check_statement name text)
  string(REGEX REPLACE "--[^\n]*" "" code "${text}")
  string(REGEX REPLACE "'[^']*'" "''" code "${code}")
  if(NOT code MATCHES "^[^;]*;[ \n]*$")
    message(FATAL_ERROR "${BASE}/${name}.sql: must hold one statement that ends in ';'")
  endif()
  if(code MATCHES "[?@$]")
    message(FATAL_ERROR "${BASE}/${name}.sql: parameters are named, like :slug")
  endif()
endfunction()

set(code "// Generated from sql/${DIALECT} by embed_sql.cmake.
#pragma once
#include <array>
#include <string_view>
namespace candor::${DIALECT}::sql {
struct Migration {
  int number;
  std::string_view name;
  std::string_view text;
};
struct Statement {
  std::string_view name;
  std::string_view text;
};
")

set(rows "")
set(count 0)
foreach(name IN LISTS STATEMENTS)
  read_sql("${name}" text)
  check_statement("${name}" "${text}")
  string(REPLACE "/" "::" symbol "${name}")
  get_filename_component(module "${name}" DIRECTORY)
  get_filename_component(verb_noun "${name}" NAME)
  string(APPEND code "namespace ${module} {\ninline constexpr std::string_view ${verb_noun} =\n    R\"candor_sql(${text})candor_sql\";\n}\n")
  string(APPEND rows "    {\"${name}\", ${symbol}},\n")
  math(EXPR count "${count} + 1")
endforeach()
string(APPEND code "inline constexpr std::array<Statement, ${count}> kStatements{{\n${rows}}};\n")

set(rows "")
set(count 0)
foreach(name IN LISTS MIGRATIONS)
  math(EXPR count "${count} + 1")
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_")
    message(FATAL_ERROR "migration ${name}: must be named NNNN_what")
  endif()
  math(EXPR number "1${CMAKE_MATCH_1} - 10000")
  if(NOT number EQUAL count)
    message(FATAL_ERROR "migration ${name}: numbers must run from 0001 without gaps")
  endif()
  read_sql("migrations/${name}" text)
  string(APPEND rows "    {${number}, \"${name}\", R\"candor_sql(${text})candor_sql\"},\n")
endforeach()
string(APPEND code "inline constexpr std::array<Migration, ${count}> kMigrations{{\n${rows}}};\n")
string(APPEND code "}  // namespace candor::${DIALECT}::sql\n")
file(WRITE "${OUTPUT}" "${code}")
