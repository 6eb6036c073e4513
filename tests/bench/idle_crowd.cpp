// A crowd that keeps connections and does nothing with them, and some that send or read as slowly
// as they are let. Says when all are there; leaves when its stdin ends.
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <system_error>

#include "bench/http_client.h"

namespace candor::bench {
namespace {

constexpr int kPaceMs = 200;
// Asked for by a reader who takes nothing of it.
constexpr std::size_t kUnreadAnswers = 200;
constexpr int kSlowReaderBytes = 4096;

void send_all(const Fd& fd, const std::string& bytes) {
  if (::send(fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(bytes.size()))
    throw std::system_error(errno, std::generic_category(), "send");
}

void wait_for_answer(const Fd& fd) {
  AnswerReader answers;
  std::array<char, 4096> buffer{};
  while (answers.take() == 0) {
    pollfd wanted{fd.get(), POLLIN, 0};
    ::poll(&wanted, 1, 5000);
    const auto got = ::recv(fd.get(), buffer.data(), buffer.size(), 0);
    if (got <= 0) throw std::runtime_error("no answer on a connection of the crowd");
    answers.append({buffer.data(), static_cast<std::size_t>(got)});
  }
}

/// One request answered on each, so that what follows is keep-alive.
std::vector<Fd> make_idle(std::uint16_t port, std::size_t count, const std::string& request) {
  std::vector<Fd> crowd;
  for (std::size_t i = 0; i < count; ++i) {
    crowd.push_back(connect_to(port));
    send_all(crowd.back(), request);
    wait_for_answer(crowd.back());
  }
  return crowd;
}

/// A third sends its head byte by byte, a third a body, a third reads no answer.
class SlowCrowd {
 public:
  SlowCrowd(std::uint16_t port, std::size_t count, const std::string& request) {
    for (std::size_t i = 0; i < count; ++i) {
      crowd_.push_back(connect_to(port, i % 3 == 2 ? kSlowReaderBytes : 0));
      if (i % 3 == 1)
        send_all(crowd_.back(),
                 "POST /go/none HTTP/1.1\r\nHost: blog.example\r\nContent-Length: 1000\r\n\r\n");
      if (i % 3 == 2)
        for (std::size_t n = 0; n < kUnreadAnswers; ++n) send_all(crowd_.back(), request);
    }
  }

  void trickle() {
    static constexpr std::string_view kHead = "GET /go/none HTTP/1.1\r\nHost: blog.example\r\nX: ";
    const char byte = sent_ < kHead.size() ? kHead[sent_] : 'x';
    ++sent_;
    // One that the server has had enough of stays closed.
    for (std::size_t i = 0; i < crowd_.size(); ++i)
      if (i % 3 != 2) ::send(crowd_[i].get(), &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
  }

 private:
  std::vector<Fd> crowd_;
  std::size_t sent_ = 0;
};

void run(const std::vector<std::string>& words) {
  const auto port = static_cast<std::uint16_t>(number_of(words, "--port"));
  const std::string request = load_requests(text_of(words, "--requests")).front();
  const std::vector<Fd> idle = make_idle(port, number_of(words, "--idle"), request);
  SlowCrowd slow(port, number_of(words, "--slow"), request);
  std::puts("ready");
  std::fflush(stdout);
  for (;;) {
    pollfd input{0, POLLIN, 0};
    if (::poll(&input, 1, kPaceMs) > 0) return;
    slow.trickle();
  }
}

}  // namespace
}  // namespace candor::bench

int main(int argc, char** argv) {
  try {
    candor::bench::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "idle_crowd: %s\n", error.what());
    return 1;
  }
}
