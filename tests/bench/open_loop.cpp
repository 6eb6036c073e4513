// Readers who come when they come, not when the server is ready: requests at a constant rate, each
// one's latency counted from the moment it was due. A server that stalls is charged with everybody
// who had to wait meanwhile.
#include <sched.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <deque>
#include <exception>
#include <optional>
#include <system_error>

#include "bench/http_client.h"

namespace candor::bench {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr auto kPatience = std::chrono::seconds{5};  // for the last answers

struct Reader {
  Fd fd;
  AnswerReader answers;
  std::optional<Clock::time_point> due;  ///< of the request under way
};

class OpenLoop {
 public:
  OpenLoop(std::uint16_t port, std::size_t connections, std::vector<std::string> requests)
      : requests_(std::move(requests)), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (std::size_t i = 0; i < connections; ++i) readers_.emplace_back().fd = connect_to(port);
    for (Reader& reader : readers_) {
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = &reader;
      if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, reader.fd.get(), &event) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
      idle_.push_back(&reader);
    }
  }

  void run(std::uint64_t rate, std::uint64_t count) {
    const Clock::time_point begin = Clock::now();
    std::uint64_t started = 0;
    while (latencies_.size() < count) {
      const Clock::time_point now = Clock::now();
      while (started < count && due_at(begin, started, rate) <= now)
        waiting_.push_back(due_at(begin, started++, rate));
      while (!waiting_.empty() && !idle_.empty()) send_next();
      if (now > due_at(begin, count, rate) + kPatience) break;
      wait(started < count ? due_at(begin, started, rate) - Clock::now() : kPatience);
    }
    took_ = Clock::now() - begin;
  }

  void print(std::uint64_t rate, std::uint64_t count) {
    std::ranges::sort(latencies_);
    std::printf(
        "{\"rate\": %lu, \"requests\": %lu, \"answered\": %zu, \"redirects\": %lu, "
        "\"seconds\": %.3f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"p999_us\": %.1f, "
        "\"max_us\": %.1f}\n",
        rate, count, latencies_.size(), redirects_, std::chrono::duration<double>(took_).count(),
        percentile(0.5), percentile(0.99), percentile(0.999), percentile(1.0));
  }

 private:
  static Clock::time_point due_at(Clock::time_point begin, std::uint64_t n, std::uint64_t rate) {
    return begin + nanoseconds(n * 1'000'000'000u / rate);
  }

  void send_next() {
    // The one idle for longest, so that all connections are used.
    Reader& reader = *idle_.front();
    idle_.pop_front();
    reader.due = waiting_.front();
    waiting_.pop_front();
    const std::string& request = requests_[next_++ % requests_.size()];
    const auto sent = ::send(reader.fd.get(), request.data(), request.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(request.size()))
      throw std::system_error(errno, std::generic_category(), "send");
  }

  void wait(nanoseconds time) {
    const auto bounded = std::max(time, nanoseconds{0});
    const timespec timeout{bounded.count() / 1'000'000'000, bounded.count() % 1'000'000'000};
    const int ready = ::epoll_pwait2(epoll_.get(), events_.data(), static_cast<int>(events_.size()),
                                     &timeout, nullptr);
    for (int i = 0; i < ready; ++i)
      receive(*static_cast<Reader*>(events_[static_cast<std::size_t>(i)].data.ptr));
  }

  void receive(Reader& reader) {
    const auto got = ::recv(reader.fd.get(), buffer_.data(), buffer_.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) throw std::runtime_error("the server closed a connection");
    reader.answers.append({buffer_.data(), static_cast<std::size_t>(got)});
    const int status = reader.answers.take();
    if (status == 0 || !reader.due) return;
    if (status == 302) ++redirects_;
    const std::chrono::duration<double, std::micro> latency = Clock::now() - *reader.due;
    latencies_.push_back(latency.count());
    reader.due.reset();
    idle_.push_back(&reader);
  }

  double percentile(double share) const {
    if (latencies_.empty()) return 0;
    const auto last = static_cast<double>(latencies_.size() - 1);
    return latencies_[static_cast<std::size_t>(share * last + 0.5)];
  }

  std::vector<std::string> requests_;
  Fd epoll_;
  std::deque<Reader> readers_;
  std::deque<Reader*> idle_;
  std::deque<Clock::time_point> waiting_;  ///< due, without a connection yet
  std::vector<double> latencies_;          ///< microseconds
  std::array<epoll_event, 256> events_{};
  std::array<char, 65536> buffer_{};
  std::size_t next_ = 0;
  std::uint64_t redirects_ = 0;
  Clock::duration took_{};
};

/// Readers sit at machines of their own: one who must wait here till the server's reports let the
/// processor go would charge the server with the load of a machine that is not its own.
void go_before_everybody() {
  sched_param first{};
  first.sched_priority = 1;
  if (::sched_setscheduler(0, SCHED_FIFO, &first) != 0)
    std::fprintf(stderr,
                 "open_loop: not let before others (CAP_SYS_NICE): its own waits count too\n");
}

void run(const std::vector<std::string>& words) {
  if (std::ranges::find(words, "--first") != words.end()) go_before_everybody();
  // The kernel would otherwise put a sleep's end off by 50 us to save power.
  ::prctl(PR_SET_TIMERSLACK, 1UL);
  const std::uint64_t rate = number_of(words, "--rate");
  const std::uint64_t count = rate * number_of(words, "--milliseconds") / 1000;
  OpenLoop loop(static_cast<std::uint16_t>(number_of(words, "--port")),
                number_of(words, "--connections"), load_requests(text_of(words, "--requests")));
  loop.run(rate, count);
  loop.print(rate, count);
}

}  // namespace
}  // namespace candor::bench

int main(int argc, char** argv) {
  try {
    candor::bench::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "open_loop: %s\n", error.what());
    return 1;
  }
}
