#include "base/text_search.h"

#include <gtest/gtest.h>

#include <string>

namespace candor {
namespace {

TEST(FindText, FindsWhatTheStandardFinds) {
  // Two letters only, so that first and last bytes meet often; every length around a vector's.
  std::string text;
  unsigned state = 1;
  for (int i = 0; i < 200; ++i) {
    state = state * 1103515245U + 12345U;
    text += (state >> 16 & 3U) == 0 ? 'b' : 'a';
  }
  for (std::size_t size = 0; size <= text.size(); size += 7)
    for (const std::string wanted : {"ab", "ba", "abb", "bab", "aabaa", "bbbbbb", "abababa"})
      for (std::size_t from = 0; from <= size + 2; ++from) {
        const std::string_view part = std::string_view(text).substr(0, size);
        EXPECT_EQ(find_text(part, wanted, from), part.find(wanted, from)) << wanted << ' ' << from;
      }
}

}  // namespace
}  // namespace candor
