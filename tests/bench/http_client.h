#pragma once
// The little of HTTP a load generator needs: requests out of a file, answers counted by status.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candor::bench {

/// One file descriptor.
class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  ~Fd() { reset(); }
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept;
  int get() const { return fd_; }
  int release();
  void reset();

 private:
  int fd_;
};

/// A non-blocking connection to 127.0.0.1, connected, which takes about `receive_bytes` in without
/// being read (0: what the system gives). Throws std::system_error.
Fd connect_to(std::uint16_t port, int receive_bytes = 0);

/// The requests of a file, each up to and with its empty line. Throws std::runtime_error when there
/// is none.
std::vector<std::string> load_requests(const std::string& file);

/// Takes one answer after the other off what a connection sent.
class AnswerReader {
 public:
  void append(std::string_view bytes) { bytes_.append(bytes); }
  /// The status of the next whole answer; 0 when there is none yet. Throws std::runtime_error when
  /// what came is no answer.
  int take();

 private:
  std::string bytes_;
};

/// "--name VALUE" of a command line, as a number. Throws std::invalid_argument.
std::uint64_t number_of(const std::vector<std::string>& words, std::string_view name);
std::string text_of(const std::vector<std::string>& words, std::string_view name);

}  // namespace candor::bench
