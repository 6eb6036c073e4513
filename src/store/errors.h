#pragma once
// Why a store could not be opened or written, in words for the person at the terminal.
#include <stdexcept>
#include <string>

namespace candor::store {

/// Another process owns the store.
class Busy : public std::runtime_error {
 public:
  Busy(const std::string& message, long owner_pid) : std::runtime_error(message), pid(owner_pid) {}
  long pid;  ///< 0 when unknown
};

/// The store was written by a newer version: refused, untouched.
class NewerSchema : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Asked to stop (JobStore::stop_jobs) before the work was done; what was begun is rolled back.
class Stopped : public std::runtime_error {
 public:
  Stopped() : std::runtime_error("stopped before it was done; run it again") {}
};

/// Damaged, unreadable, out of space, or a migration's recorded hash does not match.
class Broken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace candor::store
