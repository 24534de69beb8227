// Every edit as a function from project to project: the window, the command line and the imports use these verbs. An
// edit that is refused says why and changes nothing.
#pragma once
#include "models/document/error.h"
#include "models/document/project.h"

#include <expected>
#include <span>

namespace plimsoll::edit {

using document::Component;
using document::Error;
using document::Id;
using document::Link;
using document::Project;
using Result = std::expected<Project, Error>;

// ---- components
/// Adds `component`; an empty id is made from its name, an empty name from its type ("Service 2"). The id that it got
/// is that of the last component of the scenario. Refused: unknown type, id taken or malformed, area unknown. The first
/// clients component of a project without classes brings a request class with it, so that a drawn chain solves at once.
Result addComponent(const Project& project, const Id& scenario, Component component);
/// Removes components with their links; classes that start at a removed clients component, and targets on them, go too
/// when no other scenario has that component.
Result removeComponents(const Project& project, const Id& scenario, std::span<const Id> components);
/// Removes a component that has one way in and one way out, and closes the gap; the incoming link's fields stay.
Result removeAndClose(const Project& project, const Id& scenario, const Id& component);
Result rename(const Project& project, const Id& scenario, const Id& component, std::string name);

struct Placement {
    Id component;
    document::Point position;
    std::optional<document::Size> size;
    std::optional<Id> area;
};
/// Moves and resizes several at once: one step of the undo.
Result place(const Project& project, const Id& scenario, std::span<const Placement> placements);

// ---- parameters and links
/// Sets a declared parameter; checks dimension, range and choice. `value` equal to the default with provenance default
/// removes it.
Result setParameter(const Project& project, const Id& scenario, const Id& component, const std::string& key,
                    document::Value value);
Result resetParameter(const Project& project, const Id& scenario, const Id& component, const std::string& key);
/// Links two components. Refused with a reason in at most 12 words: self link, link there already, illegal by the
/// types' capabilities, a loop through components that may not be in one.
Result connect(const Project& project, const Id& scenario, Link link);
/// Replaces the fields of an existing link (same ends).
Result setLink(const Project& project, const Id& scenario, Link link);
Result disconnect(const Project& project, const Id& scenario, const Id& from, const Id& to);
/// Puts `component` (already there) into the link from -> to: from -> component -> to; the link's fields go to the
/// first.
Result insertIntoLink(const Project& project, const Id& scenario, const Id& from, const Id& to, const Id& component);
/// Why from may not be linked to to, in at most 12 words; none if it may.
std::optional<std::string> whyNotLink(const Project& project, const Id& scenario, const Id& from, const Id& to);

// ---- workload and the whole
Result setClass(const Project& project, document::RequestClass requestClass); // adds it if its id is new
Result removeClass(const Project& project, const Id& requestClass);
Result setTargets(const Project& project, std::vector<document::Target> targets);
Result setProjectName(const Project& project, std::string name, std::string note);

// ---- clipboard
/// The components (with the links between them) of `from`'s scenario, as a project of its own.
Project extract(const Project& project, const Id& scenario, std::span<const Id> components);
/// Adds all components and links of `pasted`'s first scenario, moved by `offset`, under fresh ids and names ("Service
/// 2"); `pastedIds` receives the ids they got.
Result paste(const Project& project, const Id& scenario, const Project& pasted, document::Point offset,
             std::vector<Id>& pastedIds);

} // namespace plimsoll::edit
