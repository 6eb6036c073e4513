#include "mail/delivery.h"

#include <Poco/Exception.h>
#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>
#include <fmt/format.h>

#include <array>
#include <fstream>
#include <stdexcept>

#include "mail/header_text.h"
#include "mail/smtp_session.h"

namespace candor::mail {
namespace {

constexpr std::array<std::string_view, 3> kEncryptions{"none", "starttls", "smtps"};

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

/// How this machine introduces itself: by the sender's domain, which a server can look up.
std::string domain_of(const std::string& address) { return address.substr(address.find('@') + 1); }

std::string password_of(const Delivery& delivery) {
  if (delivery.user.empty() || !delivery.password.empty() || delivery.password_file.empty())
    return delivery.password;
  std::ifstream in(delivery.password_file);
  std::string line;
  if (!std::getline(in, line) || line.empty())
    throw std::runtime_error(fmt::format("{}: no password can be read there (mail.password_file)",
                                         delivery.password_file.string()));
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

void send_by_program(const Envelope& envelope, const std::string& message,
                     const Delivery& delivery) {
  if (!std::filesystem::exists(delivery.sendmail))
    throw std::runtime_error(
        fmt::format("{}: no such program; name a server (mail.host) or a sendmail (mail.sendmail)",
                    delivery.sendmail.string()));
  Poco::Pipe in;
  Poco::Process::Args args{"-i", "-f", envelope.from, "--"};
  args.insert(args.end(), envelope.to.begin(), envelope.to.end());
  const Poco::ProcessHandle process =
      Poco::Process::launch(delivery.sendmail.string(), args, &in, nullptr, nullptr);
  bool written = false;
  {
    // Programs of this machine expect its own line ends.
    Poco::PipeOutputStream stream(in);
    for (const char c : message)
      if (c != '\r') stream.put(c);
    stream.flush();
    written = stream.good();
    stream.close();
  }
  const int code = process.wait();
  if (code != 0 || !written)
    throw std::runtime_error(
        fmt::format("{} refused the mail: it ended with {}", delivery.sendmail.string(), code));
}

std::string place_of(const Delivery& delivery) {
  return fmt::format("{}:{}", delivery.host, delivery.port);
}

Result<void, DeliveryError> deliver_by_smtp(const Envelope& envelope, const std::string& message,
                                            const Delivery& delivery) {
  bool of_server = true;
  try {
    SmtpSession session(delivery, password_of(delivery), domain_of(envelope.from));
    of_server = false;
    session.send(envelope, message);
    return {};
  } catch (const Poco::Exception& error) {
    return std::unexpected(DeliveryError{
        one_line(fmt::format("{}: {}", place_of(delivery), error.displayText())), of_server});
  } catch (const std::exception& error) {
    return std::unexpected(DeliveryError{
        one_line(fmt::format("{}: {}", place_of(delivery), error.what())), of_server});
  }
}

}  // namespace

std::string_view name_of(Encryption encryption) {
  return kEncryptions[static_cast<std::size_t>(encryption)];
}

std::optional<Encryption> find_encryption(std::string_view name) {
  for (std::size_t i = 0; i < kEncryptions.size(); ++i)
    if (kEncryptions[i] == name) return static_cast<Encryption>(i);
  return std::nullopt;
}

Result<void, DeliveryError> deliver(const Envelope& envelope, const std::string& message,
                                    const Delivery& delivery) {
  if (delivery.encryption == Encryption::None && !delivery.user.empty() && !delivery.host.empty() &&
      !is_loopback(delivery.host))
    return std::unexpected(DeliveryError{
        "a password is not sent in the clear: use encryption = \"starttls\" or \"smtps\"", true});
  if (!delivery.host.empty()) return deliver_by_smtp(envelope, message, delivery);
  try {
    send_by_program(envelope, message, delivery);
    return {};
  } catch (const Poco::Exception& error) {
    return std::unexpected(DeliveryError{one_line(error.displayText()), true});
  } catch (const std::exception& error) {
    return std::unexpected(DeliveryError{one_line(error.what()), true});
  }
}

}  // namespace candor::mail
