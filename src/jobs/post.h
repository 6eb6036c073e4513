#pragma once
// The way of mail: composed, written to the outbox once for its key, and delivered from there, so
// that a server that is down costs a day and no mail. Between a server's yes and our note of it a
// kill may send a mail once more; it then carries the same Message-ID, by which mail servers and
// programs know it again.
#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "jobs/mail_settings.h"
#include "mail/message.h"
#include "store/mail_store.h"
#include "store/store.h"

namespace candor::jobs {

/// What every mail of the site's has: sender, recipients, date, and a Message-ID made of the key
/// and the site's host.
mail::Message new_message(const MailSettings& settings, const Clock& clock, std::string_view host,
                          std::string_view site, std::string_view key);

/// Composes and keeps it under the key; false when there was a mail of that key before. Throws
/// std::runtime_error when it cannot be composed.
bool write_mail(store::MailStore& store, const Clock& clock, const mail::Message& message,
                const std::string& key, const std::vector<store::Mark>& marks);

/// Delivers at once, without the outbox: for tests, and for what must not be kept.
Result<void, mail::DeliveryError> send_now(const mail::Message& message,
                                           const MailSettings& settings);

struct PostReport {
  std::size_t delivered = 0;
  std::size_t waiting = 0;  ///< still, for the next run
  std::string error{};      ///< why the first of them waits
};

/// Everything that waits, the oldest first. A server that cannot be reached is asked once.
PostReport deliver_waiting(store::Store& store, const Clock& clock, const MailSettings& settings);

}  // namespace candor::jobs
