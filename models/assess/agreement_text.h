#pragma once
#include "models/assess/agreement.h"

namespace plimsoll::assess {

/// A line of solved beside simulated in words; what is absent is an en dash.
struct AgreementText {
    std::string solved, simulated, interval, deviation; // "45.9 ms", "46.1 ms", "45.8 – 46.4 ms", "−0.4 %"
    std::string judgement;                              // "inside", "outside", or empty where there is no interval
};
AgreementText agreementText(const AgreementLine& line);

} // namespace plimsoll::assess
