// Whether bytes come at once or one by one, the same requests are read from them; none has two
// framings, a header no wire may carry, or no Host.
#include <string>
#include <vector>

#include "base/ascii.h"
#include "fuzz/fuzz_target.h"
#include "http/request_reader.h"

namespace candor::fuzz {
namespace {

using http::RequestReader;

constexpr std::size_t kMostBytes = 4096;  // one by one costs the square

struct Reading {
  std::vector<std::string> requests;
  int refused = 0;  // with which status
  friend bool operator==(const Reading&, const Reading&) = default;
};

void check(const http::Request& request, int minor_version) {
  int hosts = 0;
  int framings = 0;
  for (const auto& [name, value] : request.headers) {
    must_hold(!name.empty() &&
                  (name + value).find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
              "a header is one line");
    hosts += ascii::equals_ignoring_case(name, "host");
    framings += ascii::equals_ignoring_case(name, "content-length") ||
                ascii::equals_ignoring_case(name, "transfer-encoding");
  }
  must_hold(hosts == 1 || (hosts == 0 && minor_version == 0), "there is one Host");
  must_hold(framings <= 1, "Content-Length and Transfer-Encoding exclude each other");
  must_hold(framings == 1 || request.body.empty(), "a body was announced");
  must_hold(request.path.starts_with('/') || request.target == "*", "the path is one");
}

std::string described(const http::Request& request) {
  std::string text = request.method + " " + request.target + (request.keep_alive ? " +" : " -");
  for (const auto& [name, value] : request.headers) text += "\n" + name + ": " + value;
  return text + "\n\n" + request.body;
}

Reading read(std::string_view bytes, std::size_t step) {
  const http::Limits limits;
  http::MessagePool pool;
  RequestReader reader(pool, limits);
  Reading reading;
  std::string waiting;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    waiting += bytes.substr(at, step);
    while (!waiting.empty()) {
      const RequestReader::Step result = reader.read(waiting);
      must_hold(reader.consumed() <= waiting.size(), "no more is consumed than there is");
      waiting.erase(0, reader.consumed());
      if (result == RequestReader::Step::NeedMore) break;
      if (result == RequestReader::Step::Bad) {
        reading.refused = reader.status();
        must_hold(reader.status() >= 400 && reader.status() < 600, "a refusal has a status");
        return reading;
      }
      check(reader.request(), reader.minor_version());
      reading.requests.push_back(described(reader.request()));
      reader.next();
    }
  }
  return reading;
}

}  // namespace

void try_input(std::string_view bytes) {
  if (bytes.size() > kMostBytes) bytes = bytes.substr(0, kMostBytes);
  must_hold(read(bytes, kMostBytes) == read(bytes, 1), "packets make no difference");
}

}  // namespace candor::fuzz
