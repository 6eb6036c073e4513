#pragma once
// Clicks as JSON, with the slugs and paths their ids stand for looked up once each.
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <unordered_map>

#include "api/site.h"
#include "click/click.h"

namespace candor::api {

class ClickWriter {
 public:
  explicit ClickWriter(const Site& site);
  nlohmann::json write(const Click& click);

 private:
  const std::string& slug_of(LinkId id);
  const std::string& path_of(ArticleId id);

  const Site& site_;
  std::unordered_map<std::int64_t, std::string> slugs_;
  std::unordered_map<std::int64_t, std::string> paths_;
};

}  // namespace candor::api
