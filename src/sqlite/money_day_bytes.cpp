// The bytes of a packed day of money: read from front to back in one pass, since every report wants
// all of them.
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

#include "sqlite/money_days.h"

namespace candor::sqlite {
namespace {

constexpr std::size_t kChecksumBytes = crypto_shorthash_BYTES;

std::array<unsigned char, kChecksumBytes> checksum_of(std::string_view bytes,
                                                      std::int64_t from_ms) {
  std::array<unsigned char, crypto_shorthash_KEYBYTES> key{};
  std::memcpy(key.data(), &from_ms, sizeof from_ms);
  std::array<unsigned char, kChecksumBytes> checksum{};
  crypto_shorthash(checksum.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size(), key.data());
  return checksum;
}

class Writing {
 public:
  /// Small ones of either sign are short: 0, -1, 1, -2, ... seven bits a byte.
  void number(std::int64_t value) {
    auto rest = static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
    for (; rest >= 0x80; rest >>= 7) bytes_ += static_cast<char>(0x80 | (rest & 0x7F));
    bytes_ += static_cast<char>(rest);
  }
  void count(std::size_t count) { number(static_cast<std::int64_t>(count)); }
  void text(std::string_view text) {
    count(text.size());
    bytes_ += text;
  }
  std::string seal(std::int64_t from_ms) const {
    const auto checksum = checksum_of(bytes_, from_ms);
    return std::string(checksum.begin(), checksum.end()) + bytes_;
  }

 private:
  std::string bytes_;
};

/// What Writing wrote; zeros behind the end of it.
class Reading {
 public:
  explicit Reading(std::string_view bytes) : rest_(bytes) {}

  std::int64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) return fail();
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80)
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
    return fail();
  }
  /// Of things that take a byte each at least.
  std::size_t count() {
    const std::int64_t count = number();
    if (count >= 0 && static_cast<std::uint64_t>(count) <= rest_.size())
      return static_cast<std::size_t>(count);
    return static_cast<std::size_t>(fail());
  }
  std::string text() {
    const std::size_t size = count();
    std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
  }
  bool ended_well() const { return !failed_ && rest_.empty(); }

 private:
  std::int64_t fail() {
    failed_ = true;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool failed_ = false;
};

/// The texts that a day's numbers stand for.
class Texts {
 public:
  explicit Texts(const MoneyDay& money) {
    for (const report::MoneyPart& part : money.parts) {
      add(part.network);
      add(part.merchant);
    }
  }
  explicit Texts(Reading& reading) {
    const std::size_t count = reading.count();
    texts_.reserve(count);
    for (std::size_t n = 0; n < count; ++n) texts_.push_back(reading.text());
  }

  void write(Writing& writing) const {
    writing.count(texts_.size());
    for (const std::string& text : texts_) writing.text(text);
  }
  std::int64_t number_of(const std::string& text) const { return numbers_.find(text)->second; }
  const std::string& of(std::int64_t number) const {
    static const std::string kNone;
    return number >= 0 && static_cast<std::uint64_t>(number) < texts_.size()
               ? texts_[static_cast<std::size_t>(number)]
               : kNone;
  }

 private:
  void add(const std::string& text) {
    if (numbers_.emplace(text, static_cast<std::int64_t>(texts_.size())).second)
      texts_.push_back(text);
  }

  std::vector<std::string> texts_;
  std::map<std::string, std::int64_t, std::less<>> numbers_;
};

void write_currency(Writing& writing, Currency currency) {
  std::int64_t number = 0;
  for (const char letter : currency.code) number = number << 8 | static_cast<unsigned char>(letter);
  writing.number(number);
}

Currency read_currency_code(Reading& reading) {
  const std::int64_t number = reading.number();
  return {{static_cast<char>(number >> 16 & 0xFF), static_cast<char>(number >> 8 & 0xFF),
           static_cast<char>(number & 0xFF)}};
}

void write_part(Writing& writing, const Texts& texts, const report::MoneyPart& part) {
  writing.number(texts.number_of(part.network));
  writing.number(texts.number_of(part.merchant));
  write_currency(writing, part.currency);
  for (const std::int64_t number :
       {static_cast<std::int64_t>(part.status), std::int64_t{part.tier}, part.article.value,
        part.link.value, part.click.value, std::int64_t{part.traits.placement},
        std::int64_t{part.traits.country.code()}, static_cast<std::int64_t>(part.traits.device),
        part.commission_micro, part.sale_micro, part.orders})
    writing.number(number);
}

void read_part(Reading& reading, const Texts& texts, rollup::DayNumber day,
               report::MoneyPart& part) {
  part.day = day;
  part.network = texts.of(reading.number());
  part.merchant = texts.of(reading.number());
  part.currency = read_currency_code(reading);
  part.status = static_cast<CommissionStatus>(
      std::clamp<std::int64_t>(reading.number(), 0, kCommissionStatusCount - 1));
  part.tier = static_cast<int>(std::clamp<std::int64_t>(reading.number(), 1, report::kTierCount));
  part.article = {reading.number()};
  part.link = {reading.number()};
  part.click = {reading.number()};
  part.traits.placement = static_cast<std::uint16_t>(reading.number());
  part.traits.country = Country::from_code(static_cast<std::uint16_t>(reading.number()));
  part.traits.device = static_cast<Device>(reading.number());
  part.commission_micro = reading.number();
  part.sale_micro = reading.number();
  part.orders = reading.number();
}

void write_imported(Writing& writing, const report::ImportedLine& line) {
  write_currency(writing, line.currency);
  for (const std::int64_t micro : line.micro_by_status) writing.number(micro);
  writing.number(line.orders);
}

report::ImportedLine read_imported(Reading& reading) {
  report::ImportedLine line;
  line.currency = read_currency_code(reading);
  for (std::int64_t& micro : line.micro_by_status) micro = reading.number();
  line.orders = reading.number();
  return line;
}

}  // namespace

std::string pack_money_day(const MoneyDay& money, std::int64_t from_ms) {
  if (money.parts.empty() && money.imported.empty()) return {};
  Writing writing;
  const Texts texts(money);
  texts.write(writing);
  writing.count(money.parts.size());
  for (const report::MoneyPart& part : money.parts) write_part(writing, texts, part);
  writing.count(money.imported.size());
  for (const report::ImportedLine& line : money.imported) write_imported(writing, line);
  return writing.seal(from_ms);
}

bool unpack_money_day(std::string_view bytes, std::int64_t from_ms, rollup::DayNumber day,
                      MoneyDay& into) {
  into.imported.clear();
  if (bytes.empty()) {
    into.parts.clear();
    return true;
  }
  if (bytes.size() < kChecksumBytes) return false;
  const std::string_view sealed = bytes.substr(kChecksumBytes);
  const auto checksum = checksum_of(sealed, from_ms);
  if (std::memcmp(bytes.data(), checksum.data(), checksum.size()) != 0) return false;
  Reading reading(sealed);
  const Texts texts(reading);
  into.parts.resize(reading.count());
  for (report::MoneyPart& part : into.parts) read_part(reading, texts, day, part);
  for (std::size_t left = reading.count(); left > 0; --left)
    into.imported.push_back(read_imported(reading));
  return reading.ended_well();
}

}  // namespace candor::sqlite
