/* llhttp's parser is linked twice: built for any machine, and built for those that have SSE 4.2. */
#include <llhttp.h>

int llhttp_execute_plain(llhttp__internal_t* state, const char* begin, const char* end);
int llhttp_execute_wide(llhttp__internal_t* state, const char* begin, const char* end);

int llhttp__internal_execute(llhttp__internal_t* state, const char* begin, const char* end) {
  return __builtin_cpu_supports("sse4.2") ? llhttp_execute_wide(state, begin, end)
                                          : llhttp_execute_plain(state, begin, end);
}
