#pragma once
// Which namespaces the prefixes of an XML document stand for, element by element (Namespaces in
// XML 1.0).
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candor::disclosure {

inline constexpr std::string_view kXhtmlNamespace = "http://www.w3.org/1999/xhtml";
inline constexpr std::string_view kAtomNamespace = "http://www.w3.org/2005/Atom";

class XmlNamespaces {
 public:
  /// `tag` is a start tag as written. Every open() is followed by its close().
  void open(std::string_view tag);
  void close();

  /// Of "h:a" what h stands for, of "a" the default namespace, empty when there is none; nothing
  /// for a prefix that nobody declared.
  std::optional<std::string_view> of(std::string_view name) const;

  /// More declarations are in force at once than any feed has a use for; some were not kept.
  bool overflown() const { return overflown_; }

 private:
  struct Binding {
    std::string prefix;
    std::string uri;
    std::size_t depth = 0;
  };
  std::vector<Binding> bindings_;
  std::size_t depth_ = 0;
  bool overflown_ = false;
};

}  // namespace candor::disclosure
