#pragma once
// An email as it goes over the wire (RFC 5322, MIME of RFC 2045 to 2049): a text part, the same as
// HTML, and attached files. Only values: nothing is sent here.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candor::mail {

struct Attachment {
  std::string file_name;
  std::string media_type;  ///< "text/csv"
  std::string content;
};

struct Message {
  std::string from;             ///< "candor@example.com"
  std::string from_name{};      ///< people's text; may be empty
  std::vector<std::string> to;  ///< addresses, one at least
  std::string subject;          ///< people's text: made one line, see header_text.h
  std::string text;             ///< UTF-8; lines end in \n
  std::string html{};           ///< empty: none
  std::vector<Attachment> attachments{};
  std::string id;  ///< left of the Message-ID's @; the same mail sent twice has the same one
  std::int64_t date_ms = 0;
};

/// "name@host": ASCII without spaces, controls, commas, colons or brackets, 254 characters at most
/// (RFC 5321 4.5.3.1.3), so that it can be no second header, recipient or option.
bool is_address(std::string_view text);

/// The whole message, lines ended by CRLF and of 998 bytes at most, none a single dot. What is not
/// UTF-8 becomes U+FFFD. An error names the part at fault: an address, the id, a file's name.
Result<std::string, std::string> compose(const Message& message);

}  // namespace candor::mail
