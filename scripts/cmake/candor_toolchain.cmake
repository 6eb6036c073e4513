# Language level, warnings, sanitizers, and the fast linker and compiler cache where they exist.
set(CANDOR_VARIANT "dev" CACHE STRING "dev, release, asan, tsan or fuzz (set by the preset)")
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CANDOR_CCACHE ccache)
if(CANDOR_CCACHE)
  # Paths below the sources count as relative ones, so that clones share objects.
  set(CANDOR_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${CANDOR_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER ${CANDOR_LAUNCHER})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CANDOR_LAUNCHER})
endif()
find_program(CANDOR_MOLD mold)
if(CANDOR_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# GCC 12 sees overlapping copies in std::string that cannot happen (GCC bug 105651). Clang counts signs into -Wconversion,
# which GCC does not for C++, and reports what libstdc++'s own algorithms use as deprecated in our sources.
set(CANDOR_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Werror
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion> $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)

if(CANDOR_VARIANT STREQUAL "asan")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_link_options(-fsanitize=address,undefined)
elseif(CANDOR_VARIANT STREQUAL "tsan")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
elseif(CANDOR_VARIANT STREQUAL "fuzz")
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_compile_definitions(FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION)
  add_link_options(-fsanitize=address,undefined)
elseif(CANDOR_VARIANT STREQUAL "release")
  add_compile_options(-fstack-protector-strong)
  add_compile_definitions(_FORTIFY_SOURCE=2)
  add_link_options(-Wl,-z,relro,-z,now)
endif()
# Sanitizers need frames more than speed, but an unoptimised tokenizer makes the suite crawl.
if(CANDOR_VARIANT MATCHES "asan|tsan|fuzz")
  add_compile_options(-O1)
endif()
# Build paths do not belong in a binary.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
