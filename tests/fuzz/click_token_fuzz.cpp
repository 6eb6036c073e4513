// A text is read as a click only when that click's token is in it, and every token is read back.
#include "click/click_token.h"

#include <array>
#include <cstdint>

#include "base/ascii.h"
#include "fuzz/fuzz_target.h"

namespace candor::fuzz {
namespace {

const std::array<ClickTokenKey, 2> kKeys{
    ClickTokenKey{.letter = 'a', .secret = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}},
    ClickTokenKey{.letter = 'q', .secret = {0xFF, 0x80}}};

bool is_token_of(std::string_view text, ClickId id) {
  for (const ClickTokenKey& key : kKeys)
    if (ascii::to_lower(text).ends_with(make_click_token(id, key))) return true;
  return false;
}

ClickId id_from(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes.substr(0, 8)) value = value << 8 | static_cast<unsigned char>(c);
  return {static_cast<std::int64_t>(value & INT64_MAX)};
}

}  // namespace

void try_input(std::string_view bytes) {
  if (const auto found = find_click_token(bytes, kKeys))
    must_hold(found->value >= 0 && is_token_of(bytes, *found), "a text that is read is a token");
  const ClickId id = id_from(bytes);
  for (const ClickTokenKey& key : kKeys) {
    std::string token = make_click_token(id, key);
    must_hold(token.size() == kClickTokenLength && token.front() == key.letter, "tokens' shape");
    must_hold(find_click_token(std::string(bytes) + "-" + token, kKeys) == id,
              "a token is found behind an owner's text");
    for (char& c : token)
      if (ascii::is_alpha(c)) c = static_cast<char>(c - 32);
    must_hold(read_click_token(token, kKeys) == id, "tokens are read in capitals too");
  }
}

}  // namespace candor::fuzz
