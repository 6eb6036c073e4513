#pragma once
// Hands a message to a mail server (SMTP, RFC 5321) or to the machine's own sendmail. Blocks until
// it was taken, or says why not. Callable from any thread.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candor::mail {

/// StartTls: a connection that begins in the clear and must be encrypted before anything is said;
/// Smtps: encrypted from the first byte; None: never.
enum class Encryption : std::uint8_t { None, StartTls, Smtps };
std::string_view name_of(Encryption encryption);  ///< "none", "starttls", "smtps"
std::optional<Encryption> find_encryption(std::string_view name);

struct Delivery {
  std::string host{};  ///< empty: by sendmail
  std::uint16_t port = 587;
  Encryption encryption = Encryption::StartTls;
  std::string user{};                     ///< empty: no authentication
  std::string password{};                 ///< else the first line of password_file
  std::filesystem::path password_file{};  ///< read at each delivery, and never kept
  std::filesystem::path ca_file{};        ///< certificates trusted beside the system's
  std::filesystem::path sendmail = "/usr/sbin/sendmail";
  std::chrono::seconds timeout{30};  ///< of connecting and of each answer
  friend bool operator==(const Delivery&, const Delivery&) = default;
};

/// Who sends a composed message (see message.h), and who gets it: the envelope.
struct Envelope {
  std::string from;
  std::vector<std::string> to;
};

struct DeliveryError {
  std::string message;  ///< "mail.example:587: ...": the server's own words where it said some
  /// Whether the same would be said of any mail: nobody was reached, or nobody let in.
  bool of_server = true;
};

/// Once it says yes, the server answers for the message, for all of its recipients or for none. The
/// server's certificate must be valid and its host's. A password never goes over the network in the
/// clear, and is in no error.
Result<void, DeliveryError> deliver(const Envelope& envelope, const std::string& message,
                                    const Delivery& delivery);

}  // namespace candor::mail
