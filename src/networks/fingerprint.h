#pragma once
// Identities for rows of networks that give none: the facts of a row, hashed, and its ordinal among
// the equal rows of its file, so that two genuine equal rows stay two.
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace candor::networks {

/// Facts in one spelling, in a fixed order.
class Fingerprint {
 public:
  explicit Fingerprint(std::string_view report) : facts_(report) {}

  Fingerprint& add(std::string_view text);
  Fingerprint& add(std::int64_t number);
  std::string hex() const;  ///< 32 digits

 private:
  std::string facts_;
};

/// Numbers equal identities: "ab12" becomes "ab12#1", the next one "ab12#2".
class Ordinals {
 public:
  void number(std::string& identity) { identity += '#' + std::to_string(++seen_[identity]); }

 private:
  std::unordered_map<std::string, int> seen_;
};

}  // namespace candor::networks
