// One station on its own, as `plimsoll queue` asks for it.
#pragma once
#include "engine/units/quantity.h"
#include "models/document/error.h"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace plimsoll::calc {

enum class QueueDiscipline { Fcfs, Sharing, Priority, Preemptive };

struct QueueQuestion {
    std::vector<PerSecond> rates; // one; several: classes, the first served first, with a priority discipline
    Seconds service{0};           // mean
    double serviceScv = 1, arrivalScv = 1;
    double servers = 1;
    QueueDiscipline discipline = QueueDiscipline::Fcfs;
    std::optional<double> capacity;  // waiting and in service
    std::optional<Seconds> patience; // in the queue; mean
    bool constantPatience = false;
    std::optional<Seconds> setup; // of a server that switches off when idle
    std::optional<double> sigma;  // universal scalability law
    double kappa = 0;
    double batch = 1; // mean size, geometric
};

struct QueueFigure {
    enum Kind { Time, Share, Rate, Count };
    std::string name;
    Kind kind = Time;
    std::optional<double> value; // none: there is none, as in overload
};

struct QueueAnswer {
    bool stable = true;
    std::vector<QueueFigure> figures;
    std::string method, assumptions, validity, source; // for people
    std::string json;                                  // the whole answer of the topic `station`
};

/// The error names the input, its value and what is allowed.
std::expected<QueueAnswer, document::Error> answerQueue(const QueueQuestion& question);

} // namespace plimsoll::calc
