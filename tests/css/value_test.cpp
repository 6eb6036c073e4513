#include <gtest/gtest.h>

#include "css/colour.h"
#include "css/length.h"
#include "css/media.h"

namespace candor::css {
namespace {

/// Red, green, blue and alpha as Chromium serialises them; "-": no colour; "?": not computed.
std::string read(std::string_view text) {
  const auto value = parse_colour(text);
  if (!value) return "-";
  if (value->kind == ColourValue::Kind::Unknown) return "?";
  if (value->kind == ColourValue::Kind::Current) return "current";
  const auto round = [](double number) { return std::to_string(static_cast<int>(number + 0.5)); };
  const Colour& c = value->colour;
  return round(c.red) + " " + round(c.green) + " " + round(c.blue) +
         (c.alpha == 1 ? "" : " " + round(c.alpha * 100) + "%");
}

TEST(CssColours, AreReadInEveryNotation) {
  EXPECT_EQ(read("#fff"), "255 255 255");
  EXPECT_EQ(read("#F008"), "255 0 0 53%");
  EXPECT_EQ(read("#9ca3af"), "156 163 175");
  EXPECT_EQ(read("#00000080"), "0 0 0 50%");
  EXPECT_EQ(read("RebeccaPurple"), "102 51 153");
  EXPECT_EQ(read("rgb(1,2,3)"), "1 2 3");
  EXPECT_EQ(read("rgb(100% 0% 50% / .5)"), "255 0 128 50%");
  EXPECT_EQ(read("rgba(300,-5,3,50%)"), "255 0 3 50%");
  EXPECT_EQ(read("hsl(120deg 100% 25%)"), "0 128 0");
  EXPECT_EQ(read("hsla(-120, 100%, 50%, 0.2)"), "0 0 255 20%");
  EXPECT_EQ(read("hwb(0 20% 40%)"), "153 51 51");
  EXPECT_EQ(read("oklch(70.7% .022 261.325)"), "153 161 175");
  EXPECT_EQ(read("transparent"), "0 0 0 0%");
  EXPECT_EQ(read("currentColor"), "current");
}

TEST(CssColours, SayWhatTheyAreNot) {
  for (const std::string_view text :
       {"", "#ff", "#ggg", "blurple", "rgb(1 2)", "12", "url(a)", "red blue"})
    EXPECT_EQ(read(text), "-") << text;
  for (const std::string_view text : {"color-mix(in srgb, red, blue)", "lab(50% 1 1)", "Highlight",
                                      "rgb(from red r g b)", "rgb(calc(1 + 2) 2 3)"})
    EXPECT_EQ(read(text), "?") << text;
}

TEST(CssColours, ContrastIsThatOfTheGuidelines) {
  EXPECT_NEAR(contrast(kWhite, kBlack), 21, 1e-9);
  EXPECT_NEAR(contrast({156, 163, 175, 1}, kWhite), 2.54, 0.005);
  EXPECT_NEAR(contrast({118, 118, 118, 1}, kWhite), 4.54, 0.005);
  EXPECT_EQ(over({0, 0, 0, 0.5}, kWhite), (Colour{127.5, 127.5, 127.5, 1}));
}

TEST(CssLengths, ComeOutInPixels) {
  const LengthScale scale{20, 10, 200, 1000, 500};
  const auto px = [&](std::string_view text) { return length_px(text, scale).value_or(-12345); };
  EXPECT_DOUBLE_EQ(px("12px"), 12);
  EXPECT_DOUBLE_EQ(px("0"), 0);
  EXPECT_DOUBLE_EQ(px("1.5em"), 30);
  EXPECT_DOUBLE_EQ(px("2REM"), 20);
  EXPECT_DOUBLE_EQ(px("50%"), 100);
  EXPECT_DOUBLE_EQ(px("12pt"), 16);
  EXPECT_DOUBLE_EQ(px("calc(1em + 2 * (3px - 1px))"), 24);
  EXPECT_DOUBLE_EQ(px("clamp(1rem, 5vw, 2rem)"), 20);
  EXPECT_DOUBLE_EQ(px("min(10px, 1vh) "), 5);
  EXPECT_DOUBLE_EQ(px("-9999px"), -9999);
  for (const std::string_view text :
       {"", "12", "red", "1px 2px", "calc(1px + 2)", "calc(1px", "1foo", "calc(1px / 0)", "max()"})
    EXPECT_EQ(length_px(text, scale).has_value(), text == "calc(1px") << text;
}

TEST(CssMedia, HoldForTheReadersTheyMean) {
  const Reader desk;
  const Reader phone{false, false, true, 390, 844};
  const Reader paper{true, false, false, 720, 1000};
  const Reader night{false, true, false, 1280, 800};
  EXPECT_TRUE(media_hold("", desk));
  EXPECT_TRUE(media_hold("screen", desk));
  EXPECT_FALSE(media_hold("print", desk));
  EXPECT_TRUE(media_hold("only print", paper));
  EXPECT_TRUE(media_hold("not print", desk));
  EXPECT_TRUE(media_hold("print, screen and (max-width: 480px)", phone));
  EXPECT_FALSE(media_hold("screen and (max-width:30em)", desk));
  EXPECT_TRUE(media_hold("(width <= 480px)", phone));
  EXPECT_TRUE(media_hold("(300px<width<400px)", phone));
  EXPECT_FALSE(media_hold("(min-width: 600px) and (max-width: 900px)", desk));
  EXPECT_TRUE(media_hold("(prefers-color-scheme:dark)", night));
  EXPECT_FALSE(media_hold("(prefers-color-scheme: dark)", desk));
  EXPECT_TRUE(media_hold("not (hover)", phone));
  EXPECT_TRUE(media_hold("(orientation: portrait) or (width > 2000px)", phone));
  EXPECT_TRUE(media_hold("((hover) and (not (print-thing: 1)) ), screen", desk));
  EXPECT_FALSE(media_hold("(unknown: 1)", desk));
  EXPECT_FALSE(media_hold("not (unknown: 1)", desk));
  EXPECT_FALSE(media_hold("screen (", desk));
  EXPECT_FALSE(media_hold(std::string(5000, '('), desk));
}

}  // namespace
}  // namespace candor::css
