#include "proxy/codings.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

#include "base/ascii.h"

namespace candor::proxy {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;
// A window beyond this is memory a page has no use for.
constexpr int kZstdWindowLog = 23;
constexpr int kGzipWindow = 15 + 16;
constexpr std::string_view kGzipMagic{"\x1f\x8b"};
constexpr int kZlibWindow = 15;
constexpr int kRawWindow = -15;

using Decoded = Result<std::string, DecodeError>;

/// Where a decoder's output lands: a piece at a time, up to a limit.
class Sink {
 public:
  explicit Sink(std::size_t most) : most_(most) {}
  /// False when that is too much.
  bool take(std::size_t size) {
    if (size > most_ - out_.size()) return false;
    out_.append(piece_.data(), size);
    return true;
  }
  char* piece() { return piece_.data(); }
  std::string take_all() { return std::move(out_); }

 private:
  std::size_t most_;
  std::string piece_ = std::string(kPiece, '\0');
  std::string out_;
};

Bytef* zlib_bytes(char* at) { return static_cast<Bytef*>(static_cast<void*>(at)); }

struct Inflater {
  explicit Inflater(int window) {
    if (::inflateInit2(&stream, window) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { ::inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  z_stream stream{};
};

Decoded inflate_all(std::string_view bytes, std::size_t most, int window) {
  Inflater inflater(window);
  z_stream& stream = inflater.stream;
  // zlib's interface is older than const; it does not write to its input.
  stream.next_in = zlib_bytes(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  Sink sink(most);
  for (;;) {
    stream.next_out = zlib_bytes(sink.piece());
    stream.avail_out = kPiece;
    const int result = ::inflate(&stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) return std::unexpected(DecodeError::Broken);
    if (!sink.take(kPiece - stream.avail_out)) return std::unexpected(DecodeError::TooLarge);
    if (result != Z_STREAM_END) continue;
    const std::string_view rest = bytes.substr(bytes.size() - stream.avail_in);
    // A gzip file may have several members, one behind the other (RFC 1952 2.2). Anything else
    // behind one is padding, which some servers send and browsers pass over.
    if (rest.empty() || (window == kGzipWindow && !rest.starts_with(kGzipMagic)))
      return sink.take_all();
    if (window != kGzipWindow || ::inflateReset(&stream) != Z_OK)
      return std::unexpected(DecodeError::Broken);
  }
}

Decoded decode_deflate(std::string_view bytes, std::size_t most) {
  // RFC 9110 8.4.1.2 means zlib's format, and some servers send the bare stream inside it.
  Decoded wrapped = inflate_all(bytes, most, kZlibWindow);
  if (wrapped || wrapped.error() == DecodeError::TooLarge) return wrapped;
  return inflate_all(bytes, most, kRawWindow);
}

Decoded decode_brotli(std::string_view bytes, std::size_t most) {
  const std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
  if (!state) throw std::bad_alloc();
  Sink sink(most);
  std::size_t left = bytes.size();
  const std::uint8_t* in = static_cast<const std::uint8_t*>(static_cast<const void*>(bytes.data()));
  for (;;) {
    std::size_t room = kPiece;
    auto* out = static_cast<std::uint8_t*>(static_cast<void*>(sink.piece()));
    const auto result =
        BrotliDecoderDecompressStream(state.get(), &left, &in, &room, &out, nullptr);
    if (result == BROTLI_DECODER_RESULT_ERROR) return std::unexpected(DecodeError::Broken);
    if (!sink.take(kPiece - room)) return std::unexpected(DecodeError::TooLarge);
    if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) continue;
    if (result != BROTLI_DECODER_RESULT_SUCCESS || left != 0)
      return std::unexpected(DecodeError::Broken);
    return sink.take_all();
  }
}

Decoded decode_zstd(std::string_view bytes, std::size_t most) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                     &ZSTD_freeDCtx);
  if (!context) throw std::bad_alloc();
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kZstdWindowLog);
  Sink sink(most);
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  for (;;) {
    ZSTD_outBuffer out{sink.piece(), kPiece, 0};
    const std::size_t left = ZSTD_decompressStream(context.get(), &out, &in);
    if (ZSTD_isError(left) != 0) return std::unexpected(DecodeError::Broken);
    if (!sink.take(out.pos)) return std::unexpected(DecodeError::TooLarge);
    if (left == 0 && in.pos == in.size) return sink.take_all();
    // Nothing came and nothing is left to come from.
    if (in.pos == in.size && out.pos < kPiece) return std::unexpected(DecodeError::Broken);
  }
}

/// The entries of an Accept-Encoding, each as a whole and by its name.
template <class Take>
void each_offer(std::string_view accept_encoding, Take take) {
  while (!accept_encoding.empty()) {
    const std::size_t comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string_view entry = ascii::trim(accept_encoding.substr(0, comma));
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    take(entry, ascii::trim(entry.substr(0, std::min(entry.find(';'), entry.size()))));
  }
}

}  // namespace

std::optional<Coding> find_coding(std::string_view content_encoding) {
  const std::string name = ascii::to_lower(ascii::trim(content_encoding));
  if (name.empty() || name == "identity") return Coding::Identity;
  if (name == "gzip" || name == "x-gzip") return Coding::Gzip;
  if (name == "deflate") return Coding::Deflate;
  if (name == "br") return Coding::Brotli;
  if (name == "zstd") return Coding::Zstd;
  return std::nullopt;
}

std::string_view name_of(Coding coding) {
  constexpr std::array<std::string_view, 5> kNames{"", "gzip", "deflate", "br", "zstd"};
  return kNames[static_cast<std::size_t>(coding)];
}

Decoded decode(Coding coding, std::string_view bytes, std::size_t most) {
  switch (coding) {
    case Coding::Gzip:
      return inflate_all(bytes, most, kGzipWindow);
    case Coding::Deflate:
      return decode_deflate(bytes, most);
    case Coding::Brotli:
      return decode_brotli(bytes, most);
    case Coding::Zstd:
      return decode_zstd(bytes, most);
    case Coding::Identity:
      break;
  }
  if (bytes.size() > most) return std::unexpected(DecodeError::TooLarge);
  return std::string(bytes);
}

std::string decodable_codings(std::string_view accept_encoding) {
  std::string out;
  each_offer(accept_encoding, [&out](std::string_view entry, std::string_view name) {
    if (name.empty() || !find_coding(name)) return;
    if (!out.empty()) out += ", ";
    out += entry;
  });
  return out.empty() ? "identity" : out;
}

}  // namespace candor::proxy
