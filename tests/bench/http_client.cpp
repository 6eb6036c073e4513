#include "bench/http_client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace candor::bench {

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = other.release();
  }
  return *this;
}

int Fd::release() { return std::exchange(fd_, -1); }

void Fd::reset() {
  if (fd_ >= 0) ::close(release());
}

Fd connect_to(std::uint16_t port, int receive_bytes) {
  Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (fd.get() < 0) throw std::system_error(errno, std::generic_category(), "socket");
  if (receive_bytes > 0)
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto name = std::bit_cast<sockaddr>(address);
  if (::connect(fd.get(), &name, sizeof name) != 0)
    throw std::system_error(errno, std::generic_category(), "connect");
  const int on = 1;
  ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
  return fd;
}

std::vector<std::string> load_requests(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::vector<std::string> requests;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = bytes.find("\r\n\r\n", begin);
    if (end == std::string::npos) break;
    requests.push_back(bytes.substr(begin, end + 4 - begin));
    begin = end + 4;
  }
  if (requests.empty()) throw std::runtime_error("no requests in " + file);
  return requests;
}

int AnswerReader::take() {
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  const std::size_t end = bytes_.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  int status = 0;
  std::from_chars(bytes_.data() + std::min<std::size_t>(9, end), bytes_.data() + end, status);
  if (!bytes_.starts_with("HTTP/1.1 ") || status < 200)
    throw std::runtime_error("not an answer: " + bytes_.substr(0, end));
  std::size_t body = 0;
  const std::size_t length = std::string_view(bytes_).substr(0, end).find(kLength);
  if (length != std::string::npos)
    std::from_chars(bytes_.data() + length + kLength.size(), bytes_.data() + end, body);
  if (bytes_.size() < end + 4 + body) return 0;
  bytes_.erase(0, end + 4 + body);
  return status;
}

std::string text_of(const std::vector<std::string>& words, std::string_view name) {
  const auto at = std::ranges::find(words, name);
  if (at == words.end() || at + 1 == words.end())
    throw std::invalid_argument("missing: " + std::string(name));
  return *(at + 1);
}

std::uint64_t number_of(const std::vector<std::string>& words, std::string_view name) {
  const std::string text = text_of(words, name);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    throw std::invalid_argument(std::string(name) + " is no number: " + text);
  return number;
}

}  // namespace candor::bench
