#include "http/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace candor::http {
namespace {

std::string unpacked(std::string packed, std::size_t size) {
  std::string out(size, '\0');
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  EXPECT_EQ(stream.avail_in, 0U);
  inflateEnd(&stream);
  return out;
}

TEST(Gzip, ComesBackAsItWas) {
  for (const std::size_t size : {0U, 1U, 100'000U}) {
    const std::string text(size, 'x');
    EXPECT_EQ(unpacked(gzip(text), size), text);
    EXPECT_EQ(unpacked(gzip(text, kGzipSmallest), size), text);
  }
}

TEST(Gzip, IsAcceptedWhereItIsNamed) {
  EXPECT_TRUE(accepts_gzip("gzip, deflate, br, zstd"));
  EXPECT_TRUE(accepts_gzip("br, gzip;q=0.1"));
  EXPECT_TRUE(accepts_gzip("X-GZip ; Q=1"));
  EXPECT_FALSE(accepts_gzip(""));
  EXPECT_FALSE(accepts_gzip("br, gzip;q=0"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0.000"));
  EXPECT_FALSE(accepts_gzip("*"));
  EXPECT_FALSE(accepts_gzip("not-gzip, gzipped"));
}

}  // namespace
}  // namespace candor::http
