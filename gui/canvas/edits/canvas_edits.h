// What the canvas' gestures do to a project: compositions of the edit verbs, each one undo step.
#pragma once
#include "gui/canvas/geometry.h"
#include "gui/document/selection.h"
#include "models/edit/edit.h"

#include <optional>
#include <set>
#include <vector>

namespace plimsoll::gui {

/// An edit with the selection that belongs to it.
struct Edited {
    edit::Result project;
    Selection selection;
};

/// The new component's links: to it, or from it; both: it goes into a link that is there.
struct Wiring {
    document::Id from, to; // empty: none
};

/// Adds a component of `type` with its top left corner at `corner`, in the area that its centre lies in, wired as
/// `wiring` says; a link between from and to is replaced.
Edited addedComponent(const document::Project& project, const document::Id& scenario, const std::string& type,
                      const QPointF& corner, const Wiring& wiring = {});
/// Moves components to where `rects` says; each lies then in the innermost area under its centre, areas grow with their
/// content. `dropped`: the link that the one component goes into (both empty: none).
Edited moved(const document::Project& project, const document::Id& scenario, const Rects& rects,
             const Selection& selection, const LinkKey& dropped = {});
/// Removes what is selected.
Edited removed(const document::Project& project, const document::Id& scenario, const Selection& selection);
/// Puts a copy of the selected components `offset` away, with the links between them.
Edited duplicated(const document::Project& project, const document::Id& scenario, const Selection& selection,
                  const QPointF& offset);
Edited pasted(const document::Project& project, const document::Id& scenario, const document::Project& clip,
              const QPointF& offset);
Edited linked(const document::Project& project, const document::Id& scenario, const LinkKey& link);
/// Gives a link another end; its fields stay.
Edited relinked(const document::Project& project, const document::Id& scenario, const LinkKey& link,
                const LinkKey& wanted);
/// Why the link may not get these ends; none if it may.
std::optional<std::string> whyNotRelink(const document::Project& project, const document::Id& scenario,
                                        const LinkKey& link, const LinkKey& wanted);

/// The types that may follow `from` (or, with `before`, call it), as ids of the registry in its order.
std::vector<std::string> typesThatMay(const document::Project& project, const document::Id& scenario,
                                      const Wiring& wiring);
/// The components that `from` may be linked to; with `reverse`, those that may call it.
std::set<document::Id> legalTargets(const document::Project& project, const document::Id& scenario,
                                    const document::Id& from, bool reverse = false);

} // namespace plimsoll::gui
