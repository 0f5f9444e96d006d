// SPDX-License-Identifier: GPL-2.0-or-later
// What the broker makes of the kernel's errors.
#include "gpio/errno_reason.h"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "unit/refusals.h"

namespace gpiobroker::gpio {
namespace {

using core::Reason;
using test::RefusedFor;
using testing::Not;

constexpr int kNotSupportedInKernel = 524;
constexpr std::array kAll{Operation::open,      Operation::ask,  Operation::take,
                          Operation::configure, Operation::read, Operation::set};

const std::array<gpiod::line::offset, 2> kLines{17U, 27U};

core::Result<void> call(Operation operation, const std::function<void()>& thrower) {
  return ask_kernel({operation, "gpiochip0", kLines}, thrower);
}

template <class Exception>
core::Result<void> call_throwing(Operation operation, const Exception& exception) {
  return call(operation, [&] { throw exception; });
}

std::system_error system_error(int error_number) {
  return {error_number, std::system_category(), "libgpiod's own words"};
}

TEST(AnErrno, MeansTheSameForMostCalls) {
  for (const Operation each : kAll) {
    EXPECT_EQ(reason_for(EBUSY, each), Reason::in_use);
    EXPECT_EQ(reason_for(ENODEV, each), Reason::chip_gone);
    EXPECT_EQ(reason_for(EINVAL, each), Reason::unsupported);
    EXPECT_EQ(reason_for(EOPNOTSUPP, each), Reason::unsupported);
    EXPECT_EQ(reason_for(kNotSupportedInKernel, each), Reason::unsupported);
    EXPECT_EQ(reason_for(E2BIG, each), Reason::unsupported);
    EXPECT_EQ(reason_for(EIO, each), Reason::hardware_failure);
    EXPECT_EQ(reason_for(ETIMEDOUT, each), Reason::hardware_failure);
    EXPECT_EQ(reason_for(0, each), Reason::hardware_failure);
  }
}

TEST(AnErrno, OfABusyInterruptIsToldOfAsThat) {
  const std::string words = "it is its interrupt that something else in the kernel uses";
  EXPECT_THAT(call_throwing(Operation::configure, system_error(EBUSY)),
              RefusedFor(Reason::in_use, words));
  EXPECT_THAT(call_throwing(Operation::take, system_error(EBUSY)),
              Not(RefusedFor(Reason::in_use, words)));
}

TEST(AnErrno, OfPermissionMeansNoOutputWhenALineIsSet) {
  for (const int error : {EPERM, EACCES}) {
    EXPECT_EQ(reason_for(error, Operation::open), Reason::permission);
    EXPECT_EQ(reason_for(error, Operation::take), Reason::permission);
    EXPECT_EQ(reason_for(error, Operation::set), Reason::unsupported);
  }
}

TEST(AnErrno, OfAMissingDeviceMeansNoInterruptWhenALineIsConfigured) {
  EXPECT_EQ(reason_for(ENXIO, Operation::open), Reason::chip_gone);
  EXPECT_EQ(reason_for(ENXIO, Operation::take), Reason::chip_gone);
  EXPECT_EQ(reason_for(ENXIO, Operation::configure), Reason::unsupported);
}

TEST(AnErrno, OfAMissingFileMeansThatTheChipWentBeforeItWasOpened) {
  EXPECT_EQ(reason_for(ENOENT, Operation::open), Reason::chip_gone);
  EXPECT_EQ(reason_for(ENOENT, Operation::read), Reason::hardware_failure);
}

TEST(AnExceptionOfLibgpiod, TellsOperationChipLinesAndError) {
  EXPECT_THAT(call_throwing(Operation::take, system_error(EIO)),
              RefusedFor(Reason::hardware_failure,
                         "cannot take lines 17, 27 of gpiochip0: Input/output error"));
}

TEST(AnExceptionOfLibgpiod, TellsOfOneLineOrOfTheChip) {
  const std::span one(kLines.data(), 1);
  const core::Result<void> line = refusal({Operation::read, "gpiochip0", one}, EIO);
  EXPECT_EQ(line.error().message, "cannot read line 17 of gpiochip0: Input/output error");
  const core::Result<void> chip = refusal({Operation::open, "/dev/gpiochip0"}, EACCES);
  EXPECT_EQ(chip.error().message,
            "cannot open /dev/gpiochip0: Permission denied; run the broker as root, or let it have "
            "the device");
}

TEST(AnExceptionOfLibgpiod, IsKnownForTheErrnoItStandsFor) {
  EXPECT_THAT(call_throwing(Operation::configure, std::invalid_argument("settings")),
              RefusedFor(Reason::unsupported, "the chip does not take these settings"));
  EXPECT_THAT(call_throwing(Operation::configure, std::length_error("attributes")),
              RefusedFor(Reason::unsupported, "at most 10 different settings"));
  EXPECT_THAT(call_throwing(Operation::read, std::bad_alloc()),
              RefusedFor(Reason::hardware_failure, "Cannot allocate memory"));
}

TEST(AnExceptionOfLibgpiod, SaysWhatTheDriverCannotDoInWords) {
  EXPECT_THAT(call_throwing(Operation::configure, system_error(kNotSupportedInKernel)),
              RefusedFor(Reason::unsupported, "not supported by its driver"));
}

TEST(AnExceptionOfLibgpiod, SaysThatALineWithoutInterruptCannotReportEdges) {
  EXPECT_THAT(call_throwing(Operation::configure, system_error(ENXIO)),
              RefusedFor(Reason::unsupported, "the line cannot report edges"));
}

TEST(AnExceptionOfLibgpiod, NeverEscapes) {
  EXPECT_THAT(call_throwing(Operation::ask, std::out_of_range("map::at")),
              RefusedFor(Reason::hardware_failure, "libgpiod says map::at"));
  EXPECT_THAT(call_throwing(Operation::ask, std::logic_error("released")),
              RefusedFor(Reason::hardware_failure));
}

}  // namespace
}  // namespace gpiobroker::gpio
