#pragma once
// robots.txt: what a site asks of those who read it by machine (RFC 9309).
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace candor::crawl {

class Robots {
 public:
  /// The rules for the user agent whose product token this is, else those for everybody. Of a text
  /// longer than 512 KiB the rest is not read.
  static Robots parse(std::string_view text, std::string_view product);
  static Robots allow_all() { return {}; }
  static Robots allow_none();

  /// `path` with its query. The longest rule that matches decides; of equals the one that allows.
  bool allows(std::string_view path) const;
  /// What "Crawl-delay" asks for; zero when it asks for nothing.
  std::chrono::milliseconds delay() const { return delay_; }
  const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    bool allow = false;
    std::string pattern;  ///< '*' any bytes; '$' at the end: the path's end
  };

  std::vector<Rule> rules_;
  std::chrono::milliseconds delay_{0};
  std::vector<std::string> sitemaps_;
};

}  // namespace candor::crawl
