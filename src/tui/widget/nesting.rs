//! What contains what in a tree.

/// A node of a tree, in a list in which each stands directly before what is in it.
#[derive(Debug, Clone)]
pub(super) struct Node<Id> {
    pub(super) id: Id,
    pub(super) depth: usize,
    pub(super) parent: Option<usize>,
    /// The place after the last of its descendants.
    pub(super) end: usize,
}

/// Nodes from their depths. A depth that skips levels counts as one more than that of the node before.
pub(super) fn linked<Id>(given: impl IntoIterator<Item = (usize, Id)>) -> Vec<Node<Id>> {
    let mut nodes: Vec<Node<Id>> = Vec::new();
    let mut path: Vec<usize> = Vec::new();
    for (depth, id) in given {
        let index = nodes.len();
        close(&mut nodes, path.drain(depth.min(path.len())..), index);
        nodes.push(Node { id, depth: path.len(), parent: path.last().copied(), end: index });
        path.push(index);
    }
    let end = nodes.len();
    close(&mut nodes, path.into_iter(), end);
    nodes
}

fn close<Id>(nodes: &mut [Node<Id>], ended: impl Iterator<Item = usize>, end: usize) {
    for index in ended {
        if let Some(node) = nodes.get_mut(index) {
            node.end = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_knows_what_it_is_in_and_where_it_ends() {
        let nodes = linked([(0, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (0, 'e')]);
        let told: Vec<_> = nodes.iter().map(|node| (node.id, node.depth, node.parent, node.end)).collect();
        assert_eq!(
            told,
            [('a', 0, None, 4), ('b', 1, Some(0), 3), ('c', 2, Some(1), 3), ('d', 1, Some(0), 4), ('e', 0, None, 5)]
        );
    }

    #[test]
    fn skipped_levels_do_not_count() {
        let nodes = linked([(3, 'a'), (9, 'b'), (1, 'c')]);
        assert_eq!(nodes.iter().map(|node| node.depth).collect::<Vec<_>>(), [0, 1, 1]);
    }
}
