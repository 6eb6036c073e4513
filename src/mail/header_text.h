#pragma once
// Texts of other people in the head of a mail: a subject, a name. RFC 5322 and RFC 2047.
#include <string>
#include <string_view>

namespace candor::mail {

/// One line of people's text: controls and line breaks become a blank, what is not UTF-8 or turns
/// the direction of writing becomes U+FFFD, and after 200 characters comes "...".
std::string one_line(std::string_view text);

/// The same as a header's value: words of whole characters, 75 bytes at most, folded (RFC 2047).
std::string header_text(std::string_view text);

/// "name" <address>, or the address alone when the name is empty.
std::string mailbox(std::string_view name, std::string_view address);

/// Standard base64 with lines of `line_length` characters, ended by CRLF; 0: one line.
std::string base64(std::string_view bytes, int line_length);

}  // namespace candor::mail
