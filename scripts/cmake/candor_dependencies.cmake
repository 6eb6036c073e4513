# Debian 12 packages (installed by scripts/setup). Third-party headers come as SYSTEM: our warnings are for our code.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Poco 1.11 REQUIRED COMPONENTS Foundation Net NetSSL Util)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(date REQUIRED)
find_package(pugixml REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(CURL REQUIRED)
find_package(GTest REQUIRED)
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(CRYPTO REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlidec)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(IDN2 REQUIRED IMPORTED_TARGET libidn2)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc)

find_library(CSV_LIBRARY csv REQUIRED)
add_library(candor_libcsv INTERFACE)
target_link_libraries(candor_libcsv INTERFACE "${CSV_LIBRARY}")

# Debian ships llhttp as sources under /usr/share/llhttp.
set(LLHTTP_DIR "/usr/share/llhttp" CACHE PATH "Folder of llhttp's C sources")
find_path(LLHTTP_INCLUDE llhttp.h PATHS /usr/share/include/llhttp REQUIRED)
add_library(candor_llhttp STATIC "${LLHTTP_DIR}/api.c" "${LLHTTP_DIR}/http.c" "${LLHTTP_DIR}/llhttp.c")
target_include_directories(candor_llhttp SYSTEM PUBLIC "${LLHTTP_INCLUDE}")
# Built with SSE 4.2, llhttp looks at 16 bytes of a header value at a time. Not every machine has it, so
# both builds are linked, and parser_choice.c takes the one that fits. Not for fuzzing: clang's AddressSanitizer adds a
# common symbol, which no linker takes once objcopy has made it local.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64" AND NOT CANDOR_VARIANT STREQUAL "fuzz")
  add_library(candor_llhttp_wide OBJECT "${LLHTTP_DIR}/llhttp.c")
  target_include_directories(candor_llhttp_wide SYSTEM PRIVATE "${LLHTTP_INCLUDE}")
  target_compile_options(candor_llhttp_wide PRIVATE -msse4.2)
  set_source_files_properties("${LLHTTP_DIR}/llhttp.c" PROPERTIES COMPILE_DEFINITIONS
                              llhttp__internal_execute=llhttp_execute_plain)
  set(wide "${CMAKE_CURRENT_BINARY_DIR}/llhttp_wide.o")
  add_custom_command(OUTPUT "${wide}" DEPENDS candor_llhttp_wide "$<TARGET_OBJECTS:candor_llhttp_wide>"
    COMMAND "${CMAKE_OBJCOPY}" --redefine-sym llhttp_execute_plain=llhttp_execute_wide
            --keep-global-symbol=llhttp_execute_wide "$<TARGET_OBJECTS:candor_llhttp_wide>" "${wide}"
    COMMAND_EXPAND_LISTS VERBATIM)
  target_sources(candor_llhttp PRIVATE "${wide}" "${CMAKE_SOURCE_DIR}/src/http/parser_choice.c")
endif()

foreach(target Poco::Foundation Poco::Net Poco::NetSSL Poco::Util fmt::fmt nlohmann_json::nlohmann_json CLI11::CLI11
        tomlplusplus::tomlplusplus date::date date::date-tz SQLiteCpp CURL::libcurl)
  if(TARGET ${target})
    get_target_property(aliased ${target} ALIASED_TARGET)
    if(NOT aliased)
      get_target_property(dirs ${target} INTERFACE_INCLUDE_DIRECTORIES)
      if(dirs)
        set_target_properties(${target} PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${dirs}")
      endif()
    endif()
  endif()
endforeach()

find_package(prometheus-cpp REQUIRED)

# The one place that turns the project's version into C++.
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/candor_version.h" CONTENT [[
#pragma once
#include <string_view>
namespace candor {
inline constexpr std::string_view kVersion = "@PROJECT_VERSION@";
}
]] @ONLY)
add_library(candor_version INTERFACE)
target_include_directories(candor_version INTERFACE "${CMAKE_BINARY_DIR}/generated")
