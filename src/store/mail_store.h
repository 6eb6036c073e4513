#pragma once
// Mail on its way: written once for its key, kept until a server has taken it. Callable from any
// thread.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/job_store.h"

namespace candor::store {

struct Mail {
  std::int64_t id = 0;
  std::string key;  ///< "digest.daily.2026-11-22"
  std::string from;
  std::vector<std::string> to;
  std::string message;  ///< as it goes over the wire, ASCII; empty once it is delivered
  std::int64_t created_at_ms = 0;
  std::optional<std::int64_t> delivered_at_ms{};
  std::int64_t attempts = 0;
  std::string error{};  ///< of the last attempt
};

class MailStore {
 public:
  virtual ~MailStore() = default;

  /// False, and nothing changed, when there was a mail of this key ever before. `marks` are set in
  /// the same transaction.
  virtual bool add_mail(const Mail& mail, const std::vector<Mark>& marks) = 0;
  virtual bool was_written(std::string_view key) const = 0;
  virtual std::vector<Mail> list_waiting_mails() const = 0;  ///< the oldest first
  /// The newest first, without their texts.
  virtual std::vector<Mail> list_mails(std::size_t limit) const = 0;
  virtual void note_delivered(std::int64_t id, std::int64_t at_ms) = 0;
  virtual void note_refused(std::int64_t id, std::string_view error) = 0;
  /// False when there is none of this id, or it is delivered.
  virtual bool remove_mail(std::int64_t id) = 0;
};

}  // namespace candor::store
