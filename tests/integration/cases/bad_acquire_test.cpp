// SPDX-License-Identifier: GPL-2.0-or-later
// Acquiring what no broker should grant.
#include "cases/bad_call.h"

namespace gpiobroker::test {
namespace {

BadCall bad_lines(const char* name, const std::vector<std::string>& lines, const char* error,
                  const std::vector<std::string>& words) {
  return {name, acquiring(lines, {}), error, words};
}

BadCall bad_settings(const char* name, const Settings& settings, const char* error,
                     const std::vector<std::string>& words) {
  return {name, acquiring({"GPIO17"}, settings), error, words};
}

const std::vector<BadCall> kBadLines = {
    bad_lines("AnUnknownLine", {"GPIO99"}, "NoSuchLine", {"'GPIO99'"}),
    bad_lines("AnUnknownLineBesideAGoodOne", {"GPIO17", "GPIO99"}, "NoSuchLine", {"'GPIO99'"}),
    bad_lines("AnOffsetBeyondTheChip", {"pinctrl-bcm2711:54"}, "NoSuchLine",
              {"'pinctrl-bcm2711:54'"}),
    bad_lines("ANegativeOffset", {"pinctrl-bcm2711:-1"}, "NoSuchLine", {"'pinctrl-bcm2711:-1'"}),
    bad_lines("AnOffsetBeyond32Bits", {"pinctrl-bcm2711:4294967313"}, "NoSuchLine",
              {"'pinctrl-bcm2711:4294967313'"}),
    bad_lines("AnUnknownChip", {"gpiochip9:1"}, "NoSuchLine", {"'gpiochip9:1'"}),
    bad_lines("APowerPinOfTheHeader", {"J8:1"}, "NoSuchLine", {"'J8:1'"}),
    bad_lines("APinBeyondTheHeader", {"J8:41"}, "NoSuchLine", {"'J8:41'"}),
    bad_lines("AnotherSpelling", {"gpio17"}, "NoSuchLine", {"'gpio17'"}),
    bad_lines("AnEmptyName", {""}, "NoSuchLine", {"''"}),
    bad_lines("ControlCharacters", {"GPIO17\n\x1b[31m"}, "NoSuchLine", {"GPIO17\\x0a\\x1b[31m"}),
    bad_lines("ANameThatIsNotAscii", {"GPÏO17"}, "NoSuchLine", {"'GP\\xc3\\x8fO17'"}),
    bad_lines("AVeryLongName", {std::string(60'000, 'x')}, "NoSuchLine",
              {std::string(64, 'x') + "'..."}),
    bad_lines("ALineTwice", {"GPIO17", "GPIO17"}, "DuplicateLine", {"GPIO17"}),
    bad_lines("ALineTwiceInTwoSpellings", {"GPIO17", "J8:11"}, "DuplicateLine", {"J8:11"}),
    bad_lines("ALineTwiceByChip", {"pinctrl-bcm2711:17", "BCM17"}, "DuplicateLine", {"BCM17"}),
    bad_lines("NoLines", {}, "NoLines", {"lines"}),
};

const std::vector<BadCall> kBadSettings = {
    bad_settings("AnUnknownSetting", {{"colour", v("s", "red")}}, "UnknownSetting",
                 {"'colour'", "direction", "bias"}),
    bad_settings("AnOptionOfAnotherMethod", {{"hold-ms", v("u", 1)}}, "UnknownSetting",
                 {"'hold-ms'"}),
    bad_settings("AnEmptyKey", {{"", v("s", "")}}, "UnknownSetting", {"''"}),
    bad_settings("AnUnknownDirection", {{"direction", v("s", "sideways")}}, "InvalidSetting",
                 {"direction", "'sideways'", "input", "output"}),
    bad_settings("ADirectionAsANumber", {{"direction", v("i", 1)}}, "InvalidSetting",
                 {"direction", "type i", "input", "output"}),
    bad_settings("ADirectionAsAList", {{"direction", v("as", Json::array({"input"}))}},
                 "InvalidSetting", {"direction", "type as"}),
    bad_settings("AnUnknownBias", {{"direction", v("s", "input")}, {"bias", v("s", "unknown")}},
                 "InvalidSetting", {"bias", "pull-up", "pull-down", "disabled"}),
    bad_settings("AnUnknownDrive", {{"direction", v("s", "output")}, {"drive", v("s", "hard")}},
                 "InvalidSetting", {"drive", "open-drain", "open-source", "push-pull"}),
    bad_settings("AnUnknownEdge", {{"direction", v("s", "input")}, {"edge", v("s", "left")}},
                 "InvalidSetting", {"edge", "rising", "falling", "both"}),
    bad_settings("AnUnknownClock", {{"event-clock", v("s", "sundial")}}, "InvalidSetting",
                 {"event-clock", "monotonic", "realtime", "hte"}),
    bad_settings("ActiveLowAsAText", {{"active-low", v("s", "yes")}}, "InvalidSetting",
                 {"active-low", "boolean"}),
    bad_settings("ActiveLowAsANumber", {{"active-low", v("i", 1)}}, "InvalidSetting",
                 {"active-low", "boolean"}),
    bad_settings("AnOutputOfTwo", {{"direction", v("s", "output")}, {"value", v("i", 2)}},
                 "InvalidSetting", {"value", "0 or 1"}),
    bad_settings("AnOutputOfMinusOne", {{"direction", v("s", "output")}, {"value", v("i", -1)}},
                 "InvalidSetting", {"value", "0 or 1"}),
    bad_settings("AnOutputOfAText", {{"direction", v("s", "output")}, {"value", v("s", "1")}},
                 "InvalidSetting", {"value", "0 or 1"}),
    bad_settings("AnOutputOfAHalf", {{"direction", v("s", "output")}, {"value", v("d", 0.5)}},
                 "InvalidSetting", {"value", "0 or 1"}),
    bad_settings("AValueOfAnInput", {{"direction", v("s", "input")}, {"value", v("i", 1)}},
                 "InvalidSetting", {"value", "output"}),
    bad_settings("AValueWithoutADirection", {{"value", v("i", 1)}}, "InvalidSetting",
                 {"value", "output"}),
    bad_settings("AnEdgeOfAnOutput", {{"direction", v("s", "output")}, {"edge", v("s", "both")}},
                 "InvalidSetting", {"edge", "input"}),
    bad_settings("AnOpenDrainInput",
                 {{"direction", v("s", "input")}, {"drive", v("s", "open-drain")}},
                 "InvalidSetting", {"drive", "output"}),
    bad_settings("ABiasWithoutADirection", {{"bias", v("s", "pull-up")}}, "InvalidSetting",
                 {"bias", "input or output"}),
    bad_settings("ADebouncedOutput",
                 {{"direction", v("s", "output")}, {"debounce-period", v("u", 1)}},
                 "InvalidSetting", {"debounce-period", "input"}),
    bad_settings("ANegativeDebounce",
                 {{"direction", v("s", "input")}, {"debounce-period", v("i", -1)}},
                 "InvalidSetting", {"debounce-period", "-1", "0 to 4294967295"}),
    bad_settings("ADebounceBeyond32Bits",
                 {{"direction", v("s", "input")}, {"debounce-period", v("t", 4294967296)}},
                 "InvalidSetting", {"debounce-period", "4294967296", "0 to 4294967295"}),
    bad_settings("ADebounceBeyond63Bits",
                 {{"direction", v("s", "input")}, {"debounce-period", v("t", UINT64_MAX)}},
                 "InvalidSetting", {"debounce-period", "0 to 4294967295"}),
    bad_settings("ADebounceAsAText",
                 {{"direction", v("s", "input")}, {"debounce-period", v("s", "10ms")}},
                 "InvalidSetting", {"debounce-period", "'10ms'", "microseconds"}),
    bad_settings("AConsumerOf32Bytes", {{"consumer", v("s", std::string(32, 'c'))}},
                 "InvalidSetting", {"consumer", "31"}),
    bad_settings("AConsumerWithALineBreak", {{"consumer", v("s", "a\nb")}}, "InvalidSetting",
                 {"consumer", "printable"}),
    bad_settings("AConsumerWithAnEscapedLineBreak", {{"consumer", v("s", R"(a\x0ab)")}},
                 "InvalidSetting", {"consumer", "control"}),
    bad_settings("AConsumerThatIsNotAscii", {{"consumer", v("s", "Tür")}}, "InvalidSetting",
                 {"consumer", "printable"}),
    bad_settings("AConsumerAsANumber", {{"consumer", v("i", 1)}}, "InvalidSetting",
                 {"consumer", "string"}),
};

const std::vector<BadCall> kBadEachCalls = {
    {"AnUnknownSettingOfOneLine",
     on_manager("AcquireLinesEach", "a(sa{sv})a{sv}",
                Json::array({Json::array({Json::array({"GPIO17", driven_high()}),
                                          Json::array({"GPIO22", {{"colour", v("s", "red")}}})}),
                             Json::object()})),
     "UnknownSetting",
     {"'colour'"}},
    {"AConsumerOfOneLine",
     on_manager("AcquireLinesEach", "a(sa{sv})a{sv}",
                Json::array({Json::array({Json::array({"GPIO17", {{"consumer", v("s", "me")}}})}),
                             Json::object()})),
     "UnknownSetting",
     {"'consumer'"}},
    {"NoLinesEach",
     on_manager("AcquireLinesEach", "a(sa{sv})a{sv}", Json::array({Json::array(), Json::object()})),
     "NoLines",
     {"lines"}},
};

INSTANTIATE_TEST_SUITE_P(AcquiringLines, ABadCall, testing::ValuesIn(kBadLines), name_of_bad_call);
INSTANTIATE_TEST_SUITE_P(AcquiringWithSettings, ABadCall, testing::ValuesIn(kBadSettings),
                         name_of_bad_call);
INSTANTIATE_TEST_SUITE_P(AcquiringLinesEach, ABadCall, testing::ValuesIn(kBadEachCalls),
                         name_of_bad_call);

}  // namespace
}  // namespace gpiobroker::test
