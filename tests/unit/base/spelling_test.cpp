// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of names that are any bytes: text that the bus library takes, and bytes again.
#include "core/base/spelling.h"

#include <set>
#include <stdexcept>

#include <gtest/gtest.h>
#include <systemd/sd-bus.h>

#include "support/hostile_names.h"

namespace gpiobroker::core {
namespace {

using test::kHostileNames;

/// Asks the bus library itself, by a message that is never sent.
class BusLibrary {
 public:
  BusLibrary() {
    must(sd_bus_new(&bus_));
    (void)sd_bus_start(bus_);  // there is no address; messages can be made all the same
    must(sd_bus_message_new(bus_, &message_, SD_BUS_MESSAGE_SIGNAL));
  }
  BusLibrary(const BusLibrary&) = delete;
  BusLibrary& operator=(const BusLibrary&) = delete;
  ~BusLibrary() {
    sd_bus_message_unref(message_);
    sd_bus_unref(bus_);
  }

  [[nodiscard]] bool takes(const std::string& text) const {
    return text.find('\0') == std::string::npos &&
           sd_bus_message_append_basic(message_, 's', text.c_str()) >= 0;
  }

 private:
  static void must(int result) {
    if (result < 0) throw std::runtime_error("the bus library fails");
  }

  sd_bus* bus_ = nullptr;
  sd_bus_message* message_ = nullptr;
};

/// In UTF-8, whether or not there is such a character.
std::string encoded(unsigned code) {
  std::string bytes;
  const auto add = [&](unsigned byte) { bytes += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | code >> 6U);
    add(0x80 | (code & 0x3FU));
  } else if (code < 0x10000) {
    add(0xE0 | code >> 12U);
    add(0x80 | (code >> 6U & 0x3FU));
    add(0x80 | (code & 0x3FU));
  } else {
    add(0xF0 | code >> 18U);
    add(0x80 | (code >> 12U & 0x3FU));
    add(0x80 | (code >> 6U & 0x3FU));
    add(0x80 | (code & 0x3FU));
  }
  return bytes;
}

TEST(ASpelling, LeavesWhatIsFitAsItIs) {
  for (const char* text : {"", "GPIO17", "J8:11",
                           "L\xc3\xbc"
                           "fter",
                           "P9_22 [spi0_sclk]", "'\"%"}) {
    EXPECT_EQ(fit_text(text), text);
    EXPECT_EQ(name_from(text), text);
  }
}

TEST(ASpelling, EscapesWhatIsNot) {
  EXPECT_EQ(name_from("T\xfcr"), "T\\xfcr");
  EXPECT_EQ(name_from("\xff"), "\\xff");
  EXPECT_EQ(name_from("x\xef\xbf\xbe"), "x\\xef\\xbf\\xbe");
  EXPECT_EQ(name_from(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(name_from("\xc3\xa4\xc3"), "\xc3\xa4\\xc3");
}

TEST(ASpelling, OfANameIsOnOneLineAndHasNoEscapeSequence) {
  EXPECT_EQ(name_from("a\nb\x1b[m\x7f"), "a\\x0ab\\x1b[m\\x7f");
  EXPECT_EQ(name_from("\xc2\x9b"), "\\xc2\\x9b");
}

TEST(ASpelling, OfANameKeepsABackslashApartFromAnEscape) {
  EXPECT_EQ(name_from("\\xfc"), "\\x5cxfc");
  EXPECT_EQ(fit_text("a\\xfc\xfc"), "a\\xfc\\xfc");
}

TEST(ASpelling, IsAlwaysTakenByTheBus) {
  const BusLibrary bus;
  for (const std::string_view name : kHostileNames) {
    EXPECT_TRUE(bus.takes(fit_text(name))) << name_from(name);
    EXPECT_TRUE(bus.takes(name_from(name))) << name_from(name);
  }
}

/// In the midst of a plane above the first all characters are alike: some of them will do.
bool is_worth_a_look(unsigned code) {
  constexpr unsigned kPlane = 0x10000;
  constexpr unsigned kMargin = 0x100;
  constexpr unsigned kSample = 251;
  const unsigned place = code % kPlane;
  return code < kPlane || place < kMargin || place >= kPlane - kMargin || code % kSample == 0;
}

TEST(ASpelling, EscapesACharacterIfTheBusRefusesItAndOnlyThen) {
  constexpr unsigned kBeyondUnicode = 0x110100;
  const BusLibrary bus;
  for (unsigned code = 1; code < kBeyondUnicode; ++code) {
    if (!is_worth_a_look(code)) continue;
    const std::string text = encoded(code);
    ASSERT_EQ(fit_text(text) == text, bus.takes(text)) << std::hex << code;
  }
}

TEST(ASpelling, LeadsBackToTheBytes) {
  for (const std::string_view name : kHostileNames) {
    EXPECT_EQ(bytes_of(name_from(name)), name) << name_from(name);
    EXPECT_EQ(name_from(bytes_of(name_from(name))), name_from(name));
  }
}

TEST(ASpelling, KeepsNamesApart) {
  std::set<std::string> names;
  for (const std::string_view name : kHostileNames) names.insert(name_from(name));
  EXPECT_EQ(names.size(), kHostileNames.size());
}

TEST(ASpelling, TakesEveryByte) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string bytes{static_cast<char>(first), static_cast<char>(second)};
      ASSERT_EQ(bytes_of(name_from(bytes)), bytes);
    }
  }
}

TEST(ASpelling, MayHaveItsLettersBack) {
  EXPECT_EQ(with_letters("L\\xc3\\xbc"
                         "fter"),
            "L\xc3\xbc"
            "fter");
  EXPECT_EQ(with_letters("T\\xfcr"), "T\\xfcr");
  EXPECT_EQ(with_letters("GPIO\\x317\\x5c"), "GPIO\\x317\\x5c");
  for (const std::string_view name : kHostileNames) {
    EXPECT_EQ(bytes_of(with_letters(name_from(name))), name);
  }
}

TEST(ASpelling, OfBytesTakesNoHalfEscape) {
  for (const char* text : {"\\", "\\x", "\\xf", "\\xfg", "x5c", "\\\\x4"}) {
    EXPECT_EQ(bytes_of(text), text);
  }
  EXPECT_EQ(bytes_of("\\xFC"), "\xfc");
}

}  // namespace
}  // namespace gpiobroker::core
