// Ticks and their texts on the axes of the plots.
#pragma once
#include <qcustomplot.h>

namespace plimsoll::gui {

/// Load factors with the requests a second below: "×0.50" and "420/s". 1-2-5 on a logarithmic axis.
class LoadTicker : public QCPAxisTicker {
public:
    LoadTicker(double baseRate_per_s, bool logarithmic) : m_baseRate(baseRate_per_s), m_logarithmic(logarithmic) {}

protected:
    double getTickStep(const QCPRange& range) override;
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale&, QChar, int) override;
    int getSubTickCount(double) override { return 0; }

private:
    double m_baseRate;
    bool m_logarithmic;
    double m_step = 1;
};

/// Milliseconds, 1-2-5, in the unit of the whole axis.
class LatencyTicker : public QCPAxisTicker {
public:
    explicit LatencyTicker(double highest_ms) : m_highest(highest_ms) {}

protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale&, QChar, int) override;
    int getSubTickCount(double) override { return 0; }

private:
    double m_highest;
};

/// Shares of requests that are slower: 0.01 reads "1 in 100".
class TailTicker : public QCPAxisTicker {
protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale&, QChar, int) override;
    int getSubTickCount(double) override { return 0; }
};

/// "×0.50", with as many decimals as `step` needs.
QString loadTickText(double factor, double step);

} // namespace plimsoll::gui
