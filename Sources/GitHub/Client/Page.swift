/// One page of a list.
package struct Page<Item: Sendable>: Sendable {
    /// What is on it.
    package var items: [Item]
    /// The link to the next one, or nil on the last.
    package var next: PageLink?

    /// A page.
    package init(items: [Item], next: PageLink?) {
        self.items = items
        self.next = next
    }
}

extension Page: Equatable where Item: Equatable {}
