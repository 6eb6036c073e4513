#include "proxy/codings.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include <string>

#include "http/gzip.h"

namespace candor::proxy {
namespace {

using http::gzip;

constexpr std::size_t kMost = std::size_t{1} << 20;

std::string zstd(const std::string& text) {
  std::string out(::ZSTD_compressBound(text.size()), '\0');
  out.resize(::ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string bytes(std::string_view hexadecimal) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(hexadecimal.substr(i, 2)), nullptr, 16));
  return out;
}

// "<p>PAID</p>", and five million times "x", as node's zlib packs them.
const std::string kBrotli = bytes("0b05803c703e504149443c2f703e03");
const std::string kBrotliBomb = bytes("9b3f4b4cf825f0e2b140205f8809");
const std::string kRawDeflate = bytes("b329b00b70f474b1d12fb00300");
const std::string kDeflate = bytes("789cb329b00b70f474b1d12fb0030013190322");

TEST(Codings, ComeOffWhateverPutThemOn) {
  EXPECT_EQ(decode(Coding::Gzip, gzip("<p>PAID</p>"), kMost), "<p>PAID</p>");
  EXPECT_EQ(decode(Coding::Brotli, kBrotli, kMost), "<p>PAID</p>");
  EXPECT_EQ(decode(Coding::Deflate, kDeflate, kMost), "<p>PAID</p>");
  EXPECT_EQ(decode(Coding::Deflate, kRawDeflate, kMost), "<p>PAID</p>");
  EXPECT_EQ(decode(Coding::Zstd, zstd("<p>PAID</p>"), kMost), "<p>PAID</p>");
  EXPECT_EQ(decode(Coding::Identity, "<p>PAID</p>", kMost), "<p>PAID</p>");
  const std::string large(900'000, 'y');
  EXPECT_EQ(decode(Coding::Gzip, gzip(large), kMost), large);
  EXPECT_EQ(decode(Coding::Zstd, zstd(large), kMost), large);
}

TEST(Codings, GzipMayHaveSeveralMembers) {
  EXPECT_EQ(decode(Coding::Gzip, gzip("a") + gzip("b"), kMost), "ab");
}

TEST(Codings, WhatFollowsGzipAndIsNoMemberIsPassedOver) {
  const std::string page = gzip("<p>PAID</p>");
  for (const std::string& padding :
       {std::string(1, '\0'), std::string(70'000, '\0'), std::string("\r\n"), std::string("\x1f")})
    EXPECT_EQ(decode(Coding::Gzip, page + padding, kMost), "<p>PAID</p>");
  const std::string cut_off = page + page.substr(0, page.size() - 1);
  EXPECT_EQ(decode(Coding::Gzip, cut_off, kMost), std::unexpected(DecodeError::Broken));
}

TEST(Codings, BombsEndAtTheLimit) {
  const std::string many(5'000'000, 'x');
  for (const auto& decoded :
       {decode(Coding::Gzip, gzip(many), kMost), decode(Coding::Brotli, kBrotliBomb, kMost),
        decode(Coding::Zstd, zstd(many), kMost), decode(Coding::Identity, many, kMost)})
    EXPECT_EQ(decoded, std::unexpected(DecodeError::TooLarge));
}

TEST(Codings, CutOffOrFollowedByAnythingTheyAreBroken) {
  const std::string text(5000, 'z');
  for (const auto& [coding, packed] :
       {std::pair(Coding::Gzip, gzip(text)), std::pair(Coding::Brotli, kBrotli),
        std::pair(Coding::Deflate, kDeflate), std::pair(Coding::Zstd, zstd(text))}) {
    for (std::size_t size = 0; size < packed.size(); ++size)
      EXPECT_EQ(decode(coding, packed.substr(0, size), kMost), std::unexpected(DecodeError::Broken))
          << name_of(coding) << ' ' << size;
    if (coding == Coding::Gzip) continue;
    EXPECT_EQ(decode(coding, packed + "x", kMost), std::unexpected(DecodeError::Broken))
        << name_of(coding);
  }
}

TEST(Codings, HaveNamesAndWeights) {
  EXPECT_EQ(find_coding(" X-GZip "), Coding::Gzip);
  EXPECT_EQ(find_coding(""), Coding::Identity);
  EXPECT_EQ(find_coding("gzip, br"), std::nullopt);
  EXPECT_EQ(find_coding("compress"), std::nullopt);
  EXPECT_EQ(decodable_codings("sdch, gzip;q=0.5 ,br, *"), "gzip;q=0.5, br");
  EXPECT_EQ(decodable_codings("compress"), "identity");
}

}  // namespace
}  // namespace candor::proxy
