// SPDX-License-Identifier: GPL-2.0-or-later
// Lists which errno of which call means what, and words it.
#include "gpio/errno_reason.h"

#include <cerrno>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>

#include "gpio/request_rules.h"

namespace gpiobroker::gpio {
namespace {

using core::Reason;

// ENOTSUPP of include/linux/errno.h: not for user space, but drivers let it through.
constexpr int kNotSupportedInKernel = 524;

std::string_view verb(Operation operation) {
  switch (operation) {
    case Operation::open: return "open";
    case Operation::ask: return "ask for";
    case Operation::take: return "take";
    case Operation::configure: return "configure";
    case Operation::read: return "read";
    case Operation::set: return "set";
  }
  return "use";
}

std::string what_failed(const KernelCall& call) {
  std::string words = "cannot " + std::string(verb(call.operation)) + " ";
  if (call.lines.empty()) return words + std::string(call.chip);
  words += call.lines.size() == 1 ? "line " : "lines ";
  for (std::size_t i = 0; i < call.lines.size(); ++i) {
    words += (i == 0 ? "" : ", ") + std::to_string(call.lines[i]);
  }
  return words + " of " + std::string(call.chip);
}

std::string error_words(int error_number) {
  if (error_number == kNotSupportedInKernel) return "not supported by its driver";
  return std::system_category().message(error_number);
}

/// Adds what the errno alone does not say.
std::string_view advice(int error_number, Operation operation) {
  switch (error_number) {
    case EPERM:
    case EACCES:
      if (operation == Operation::set) return "only outputs can be set";
      return operation == Operation::open ? "run the broker as root, or let it have the device"
                                          : "";
    case EBUSY:
      return operation == Operation::configure
                 ? "the line is the broker's already, so it is its interrupt that something else "
                   "in "
                   "the kernel uses: no edges can be had, the line without edges can"
                 : "";
    case E2BIG: return kTooVaried;
    case EINVAL:
      if (operation == Operation::take) return "its driver may keep the line for itself";
      return operation == Operation::configure ? "the chip does not take these settings" : "";
    case ENXIO: return operation == Operation::configure ? "the line cannot report edges" : "";
    default: return "";
  }
}

}  // namespace

// Sources, all of Linux: gpiolib-cdev.c says ENODEV from every ioctl on a removed chip, ENXIO from
// edge_detector_setup() on a line without an interrupt, EBUSY from there, by
// request_threaded_irq(), on one whose interrupt is used without its line (as by gpio-keys with an
// interrupt alone), and EPERM from linereq_set_values() on a line that is no output.
Reason reason_for(int error_number, Operation operation) {
  switch (error_number) {
    case EBUSY: return Reason::in_use;
    case ENODEV: return Reason::chip_gone;
    case ENXIO: return operation == Operation::configure ? Reason::unsupported : Reason::chip_gone;
    case ENOENT: return operation == Operation::open ? Reason::chip_gone : Reason::hardware_failure;
    case EPERM:
    case EACCES: return operation == Operation::set ? Reason::unsupported : Reason::permission;
    case EINVAL:
    case E2BIG:
    case EOPNOTSUPP:
    case kNotSupportedInKernel: return Reason::unsupported;
    default: return Reason::hardware_failure;
  }
}

core::Refused refusal(const KernelCall& call, int error_number) {
  std::string message = what_failed(call) + ": " + error_words(error_number);
  const std::string_view known = advice(error_number, call.operation);
  if (!known.empty()) message += "; " + std::string(known);
  return core::refuse(reason_for(error_number, call.operation), "lines", std::move(message));
}

// The C++ bindings of libgpiod 2.2 throw what the errno was, but four errnos as exceptions of
// their own (bindings/cxx/internal.cpp, throw_from_errno), of which three can come from here.
core::Refused refusal_of_current_exception(const KernelCall& call) {
  try {
    throw;
  } catch (const std::system_error& error) {
    return refusal(call, error.code().value());
  } catch (const std::invalid_argument&) {
    return refusal(call, EINVAL);
  } catch (const std::length_error&) {
    return refusal(call, E2BIG);
  } catch (const std::bad_alloc&) {
    return refusal(call, ENOMEM);
  } catch (const std::exception& fault) {
    return core::refuse(Reason::hardware_failure, "lines",
                        what_failed(call) + ": libgpiod says " + fault.what());
  }
}

}  // namespace gpiobroker::gpio
