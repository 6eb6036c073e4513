#pragma once
// Pages made to cost more than their size: what nests, repeats or never ends. Each is about as long
// as asked for.
#include <cstddef>
#include <string>
#include <vector>

namespace candor::hostile {

struct Shape {
  std::string name;
  std::string front;
  std::string repeated;
  std::string back;

  std::string page(std::size_t bytes) const {
    std::string out = front;
    while (out.size() < bytes) out += repeated;
    return out + back;
  }
};

/// What costs readers of markup.
inline std::vector<Shape> markup() {
  return {{"nested blocks", "", "<div>", ""},
          {"nested formatting", "", "<i>", ""},
          {"nested links", "", "<a href=x>", ""},
          {"paragraphs that reopen", "", "<p><b>", ""},
          {"many attributes", "<a ", "b1=2 ", ">x</a>"},
          {"one attribute again", "<a ", "href=1 ", ">x</a>"},
          {"stray end tags", "<div><div><div>", "</span>", ""},
          {"stray end tags of names unknown", "<x-y><x-z>", "</x-a></x-b>", ""},
          {"opening brackets", "", "<", ""},
          {"ampersands", "", "&", ""},
          {"dashes in a comment", "<!--", "-", ""},
          {"comments that open", "", "<!-- <!", ""},
          {"scripts in a script's comment", "<script><!--", "<script ", ""},
          {"dashes in a script", "<script><!--", "-", ""},
          {"a title without end", "<title>", "</titl", ""},
          {"nested svg", "", "<svg>", ""},
          {"foster parents", "<table>", "x<b>", ""},
          {"nested tables", "", "<table><tr><td>", ""},
          {"options", "<select>", "<option>", ""},
          {"nested templates", "", "<template>", ""},
          {"a quote without end", "<a href=\"", "x", ""},
          {"quotes without end", "", "<a href=\"x>", ""},
          {"a long doctype", "<!doctype ", "x", ""},
          {"list items", "<ul>", "<li>x", ""},
          {"nested lists", "", "<ul><li>", ""},
          {"cdata that is none", "", "<![CDATA[x]]>", ""},
          {"formatting over blocks", "", "<b><p>x</b></p>", ""}};
}

/// What costs readers of disclosures.
inline std::vector<Shape> articles() {
  const std::string link = "<a href=\"https://www.amazon.com/dp/B1?tag=x-20\">x</a>";
  return {{"paid links", "<main><h1>K</h1>", "<p>" + link + "</p>", "</main>"},
          {"paid links in one paragraph", "<main><p>", link + " ", "</p></main>"},
          {"paid links in nested blocks", "<main>", "<div>" + link, ""},
          {"headings", "", "<h1>x</h1>", link},
          {"articles", "", "<article><p>x", link},
          {"texts that disclose", "<main>", "<p>We earn a commission if you buy.</p>", link},
          {"one long text that discloses", "<p>", "We earn a commission. ", "</p>" + link},
          {"blocks of ours", "<main>", "<div data-candor=\"disclosure\"><p>x</p></div>", link},
          {"labels of ours", "<main>", "<span data-candor=\"label\"> (x)</span>", link},
          {"style rules", "<style>", ".a{display:none}", "</style>" + link},
          {"styles in attributes", "<main>", "<p style=\"color:red;left:0\">x</p>", link},
          {"classes", "<p class=\"", "a ", "\">x</p>" + link},
          {"jumps", "<main>", "<a href=#a>x</a><h2 id=a>y</h2>", link},
          {"scripts that move", "", "<script>location='//x'</script>", link},
          {"one script that moves", "<script>", "location='//x';", "</script>" + link},
          {"escapes in an address", "<a href=\"https://x.test/?u=", "%25", "\">x</a>" + link},
          {"parameters", "<a href=\"https://x.test/?", "u=http://y&", "\">x</a>" + link},
          {"footers", "<main>", "<footer>x</footer>", link},
          {"blanks", "<p>", " \n", "</p>" + link},
          {"signs of other scripts", "<p>", "\xE3\x80\x82\xE5\xBA\x83", "</p>" + link},
          {"bytes that are no text", "<p>", "\xFF\xC3", "</p>" + link}};
}

}  // namespace candor::hostile
