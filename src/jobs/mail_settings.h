#pragma once
// What the owner's configuration says of mail.
#include <string>
#include <vector>

#include "mail/delivery.h"

namespace candor::jobs {

struct MailSettings {
  mail::Delivery delivery{};
  std::string from{};
  std::vector<std::string> to{};  ///< who gets digests and alerts; empty: nobody
  bool daily = false;
  bool weekly = false;   ///< Monday to Sunday
  bool monthly = false;  ///< a calendar month
  bool alerts = true;    ///< also on days without a digest, when something new is wrong

  /// Whether mail can be sent at all.
  bool is_set() const { return !from.empty(); }
  friend bool operator==(const MailSettings&, const MailSettings&) = default;
};

}  // namespace candor::jobs
