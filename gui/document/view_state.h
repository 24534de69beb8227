// What a window shows of its document: never an edit, never an undo step.
#pragma once
#include "models/document/id.h"

#include <QObject>

namespace plimsoll::gui {

enum class Overlay { Utilisation, Latency, Cost, Errors, Off };

class ViewState : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const document::Id& scenario() const { return m_scenario; }
    void setScenario(const document::Id& id);
    /// The load slider: multiplies every arrival rate, 0.1 to 100.
    double loadFactor() const { return m_loadFactor; }
    void setLoadFactor(double factor);
    Overlay overlay() const { return m_overlay; }
    void setOverlay(Overlay overlay);
    /// The request type that is traced on the canvas; empty: all.
    const document::Id& tracedClass() const { return m_tracedClass; }
    void setTracedClass(const document::Id& id);

signals:
    void scenarioChanged();
    void loadFactorChanged();
    void overlayChanged();
    void tracedClassChanged();

private:
    document::Id m_scenario;
    double m_loadFactor = 1;
    Overlay m_overlay = Overlay::Utilisation;
    document::Id m_tracedClass;
};

} // namespace plimsoll::gui
