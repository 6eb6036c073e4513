#pragma once
// One conversation with a mail server, on Poco's session. What it lacks: the server's certificate
// is held against the name that was asked for, every address of the name is tried, and the way to
// sign in is one the server offers.
#include <Poco/Net/SecureSMTPClientSession.h>

#include <string>
#include <string_view>

#include "mail/delivery.h"

namespace candor::mail {

class SmtpSession : private Poco::Net::SecureSMTPClientSession {
 public:
  /// Connected, greeted, encrypted and signed in as `delivery` asks; Poco::Exception or
  /// std::runtime_error where that fails. `me` is how this machine introduces itself.
  SmtpSession(const Delivery& delivery, const std::string& password, const std::string& me);

  /// The server answers for the message when this returns.
  void send(const Envelope& envelope, const std::string& message);

 private:
  void hello(const std::string& me);
  void encrypt(const Delivery& delivery);
  void sign_in(const std::string& user, const std::string& password);
  bool offers(std::string_view word) const;

  std::string offered_;  ///< the server's answer to EHLO, in capitals, a line a word
};

}  // namespace candor::mail
