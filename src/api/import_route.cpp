// One imported report file, with the rows of it that could not be read.
#include <charconv>
#include <nlohmann/json.hpp>

#include "api/money_json.h"
#include "api/problem.h"
#include "api/routes.h"

namespace candor::api {

http::Response show_import(Call& call) {
  const std::string& text = call.path.find("id")->second;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  const auto import =
      whole ? call.site.store.find_import(ImportId{number}) : std::optional<store::Import>{};
  if (!import)
    throw Problem(404, "There is no import \"" + text + "\". List them: candor revenue imports",
                  "id");
  return json_response(
      {{"schema", "candor.revenue.import/1"},
       {"import", import_json(*import)},
       {"errors", row_errors_json(call.site.store.list_import_errors(import->id))}});
}

}  // namespace candor::api
