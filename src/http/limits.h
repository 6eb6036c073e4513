#pragma once
// What a server puts up with, each limit with its default.
#include <chrono>
#include <cstddef>

namespace candor::http {

struct Limits {
  std::size_t head_bytes =
      std::size_t{16} *
      1024;  ///< request line and headers; beyond: 431 (414 when the target alone is)
  std::size_t target_bytes = std::size_t{8} * 1024;
  std::size_t header_count = 100;
  std::size_t body_bytes = std::size_t{1} << 20;  ///< beyond: 413
  std::size_t connections = 10000;  ///< beyond: the longest idle one goes, or new ones wait
  /// From one IPv4 address or one /64 of IPv6; beyond: 429. 0: as many as they like.
  std::size_t connections_per_address = 0;
  std::size_t pipelined = 64;  ///< requests answered per connection before reading on
  std::size_t write_buffer_bytes = std::size_t{4} << 20;
  std::size_t requests_per_connection = 100000;
  std::chrono::milliseconds head_deadline{5000};   ///< for the whole head; beyond: 408
  std::chrono::milliseconds body_deadline{10000};  ///< for the whole body; beyond: 408
  /// For each 16 KiB of an answer, or its rest, to be taken by the reader; beyond: closed.
  std::chrono::milliseconds write_deadline{10000};
  std::chrono::milliseconds keep_alive{15000};  ///< between two requests, and before the first

  friend bool operator==(const Limits&, const Limits&) = default;
};

}  // namespace candor::http
