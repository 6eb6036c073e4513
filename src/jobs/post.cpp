#include "jobs/post.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/ascii.h"

namespace candor::jobs {
namespace {

/// A key, or a host, as a Message-ID has it.
std::string id_text(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (!ascii::is_alnum(c) && c != '.' && c != '-') c = '-';
  return out.substr(0, 60);
}

}  // namespace

mail::Message new_message(const MailSettings& settings, const Clock& clock, std::string_view host,
                          std::string_view site, std::string_view key) {
  return {.from = settings.from,
          .from_name = std::string(site),
          .to = settings.to,
          .subject = {},
          .text = {},
          .id = id_text(key).substr(0, 60) + "." + id_text(host).substr(0, 38),
          .date_ms = to_ms(clock.now())};
}

bool write_mail(store::MailStore& store, const Clock& clock, const mail::Message& message,
                const std::string& key, const std::vector<store::Mark>& marks) {
  auto text = mail::compose(message);
  if (!text) throw std::runtime_error(text.error());
  return store.add_mail({.key = key,
                         .from = message.from,
                         .to = message.to,
                         .message = *std::move(text),
                         .created_at_ms = to_ms(clock.now())},
                        marks);
}

Result<void, mail::DeliveryError> send_now(const mail::Message& message,
                                           const MailSettings& settings) {
  const auto text = mail::compose(message);
  if (!text) return std::unexpected(mail::DeliveryError{text.error(), false});
  return mail::deliver({message.from, message.to}, *text, settings.delivery);
}

PostReport deliver_waiting(store::Store& store, const Clock& clock, const MailSettings& settings) {
  PostReport report;
  bool is_reached = true;
  for (const store::Mail& each : store.list_waiting_mails()) {
    if (!is_reached || store.jobs_stopped()) {
      ++report.waiting;
      continue;
    }
    if (const auto sent = mail::deliver({each.from, each.to}, each.message, settings.delivery)) {
      store.note_delivered(each.id, to_ms(clock.now()));
      ++report.delivered;
    } else {
      store.note_refused(each.id, sent.error().message);
      if (report.error.empty()) report.error = sent.error().message;
      is_reached = !sent.error().of_server;
      ++report.waiting;
    }
  }
  return report;
}

}  // namespace candor::jobs
