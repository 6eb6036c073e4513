#include "mail/smtp_session.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/String.h>
#include <fmt/format.h>

#include <sstream>

namespace candor::mail {
namespace {

using Poco::Net::Context;
using Poco::Net::SecureStreamSocket;
using Poco::Net::StreamSocket;

Context::Ptr make_context(const Delivery& delivery) {
  Poco::Net::initializeSSL();
  Context::Ptr context(new Context(Context::TLS_CLIENT_USE, delivery.ca_file.string(),
                                   Context::VERIFY_STRICT, 9, true));
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  context->enableExtendedCertificateVerification(true);
  return context;
}

/// To the first address of the host that answers.
StreamSocket connect(const Delivery& delivery) {
  const Poco::Timespan timeout(delivery.timeout.count(), 0);
  const auto addresses = Poco::Net::DNS::resolve(delivery.host).addresses();
  for (std::size_t i = 0;; ++i) {
    if (i >= addresses.size()) throw Poco::Net::HostNotFoundException(delivery.host);
    try {
      StreamSocket socket;
      socket.connect(Poco::Net::SocketAddress(addresses[i], delivery.port), timeout);
      socket.setReceiveTimeout(timeout);
      socket.setSendTimeout(timeout);
      return socket;
    } catch (const Poco::Exception&) {
      if (i + 1 == addresses.size()) throw;
    }
  }
}

StreamSocket open_socket(const Delivery& delivery) {
  StreamSocket socket = connect(delivery);
  if (delivery.encryption == Encryption::Smtps)
    return SecureStreamSocket::attach(socket, delivery.host, make_context(delivery));
  return socket;
}

}  // namespace

SmtpSession::SmtpSession(const Delivery& delivery, const std::string& password,
                         const std::string& me)
    : SecureSMTPClientSession(open_socket(delivery)) {
  open();
  hello(me);
  if (delivery.encryption == Encryption::StartTls) {
    encrypt(delivery);
    hello(me);  // what was said in the clear may have been anybody's
  }
  if (!delivery.user.empty()) sign_in(delivery.user, password);
}

void SmtpSession::hello(const std::string& me) {
  std::string answer;
  const int status = sendCommand("EHLO", me, answer);
  if (!isPositiveCompletion(status))
    throw Poco::Net::SMTPException("the server did not take our greeting", answer, status);
  offered_.clear();
  for (const char c : Poco::toUpper(answer)) offered_ += c == '\r' || c == '\n' ? ' ' : c;
}

bool SmtpSession::offers(std::string_view word) const {
  return (" " + offered_ + " ").find(fmt::format(" {} ", word)) != std::string::npos ||
         offered_.find(fmt::format("-{}", word)) != std::string::npos;
}

void SmtpSession::encrypt(const Delivery& delivery) {
  if (!offers("STARTTLS"))
    throw std::runtime_error(
        "the server offers no encryption (STARTTLS), so nothing was said to it; if port 465 is "
        "meant, use encryption = \"smtps\"");
  std::string answer;
  const int status = sendCommand("STARTTLS", answer);
  if (!isPositiveCompletion(status))
    throw Poco::Net::SMTPException("the server did not begin to encrypt", answer, status);
  // Assigning drops what was read ahead: bytes before the handshake are nobody's.
  socket() = SecureStreamSocket::attach(socket(), delivery.host, make_context(delivery));
}

void SmtpSession::sign_in(const std::string& user, const std::string& password) {
  if (offers("PLAIN"))
    loginUsingPlain(user, password);
  else if (offers("LOGIN") || offers("AUTH=LOGIN"))
    loginUsingLogin(user, password);
  else if (offers("CRAM-MD5"))
    loginUsingCRAMMD5(user, password);
  else
    throw std::runtime_error(
        "the server offers no way to sign in that Candor knows (AUTH PLAIN, LOGIN or CRAM-MD5)");
}

void SmtpSession::send(const Envelope& envelope, const std::string& message) {
  sendAddresses(envelope.from, envelope.to);
  sendData();
  std::istringstream stream(message);
  sendMessage(stream);
  try {
    close();
  } catch (const std::exception&) {
    // The message is the server's already; how it says goodbye is its affair.
  }
}

}  // namespace candor::mail
