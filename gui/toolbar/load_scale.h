// The load slider's scale and marks: plain functions.
#pragma once
#include "models/assess/assessment.h"

#include <QString>

#include <expected>
#include <optional>
#include <vector>

namespace plimsoll::gui {

inline constexpr double kLeastLoadFactor = 0.1, kMostLoadFactor = 100;

/// Share of the groove, 0 to 1, at which a load factor stands (logarithmic), and back, of three digits.
double loadShare(double factor);
double loadAtShare(double share);
/// The next 1-2-5 number above (up) or below.
double nextLoadStep(double factor, bool up);
/// "×1.5", "1,5" or "150 %" as a load factor; the refusal says what is allowed.
std::expected<double, QString> parseLoadFactor(const QString& text);

/// What is marked on the groove.
struct LoadMarks {
    std::optional<double> safeLoad, saturation;
    struct Tick {
        double factor;
        int series; // colour of the request type; -1: of the whole
        QString what;
    };
    std::vector<Tick> targets;
};
LoadMarks loadMarks(const document::Project& project, const assess::Assessment* assessment);

/// "840/s", or "200 users" where all load is closed; empty without request types.
QString arrivalsText(const document::Project& project, double factor);

} // namespace plimsoll::gui
