// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice Ghost of the recorders: who vouches from which epoch on, and who never again.
contract RecorderBook {
    struct Term {
        uint32 fromEpoch;
        uint256 key;
    }

    Term[] private terms;
    uint256[] private named;
    mapping(uint256 key => bool) public revoked;

    constructor(uint256 key) {
        terms.push(Term(0, key));
        named.push(key);
    }

    function rotate(uint32 now_, uint256 key) external {
        if (hasPending(now_)) terms.pop();
        terms.push(Term(now_ + 1, key));
        named.push(key);
    }

    /// @notice `next` takes the place of `old` wherever `old` is current or pending.
    function revoke(uint32 now_, uint256 old, uint256 next) external {
        revoked[old] = true;
        if (next != 0) named.push(next);
        uint256 first = terms.length - (hasPending(now_) ? 2 : 1);
        for (uint256 i = first; i < terms.length; i++) {
            if (terms[i].key == old) terms[i].key = next;
        }
    }

    function hasPending(uint32 now_) public view returns (bool) {
        return terms[terms.length - 1].fromEpoch > now_;
    }

    function keyOf(uint32 epoch) public view returns (uint256 key) {
        for (uint256 i = 0; i < terms.length; i++) {
            if (terms[i].fromEpoch <= epoch) key = terms[i].key;
        }
    }

    /// @notice Any key that was ever named.
    function anyKey(uint256 seed) external view returns (uint256) {
        return named[seed % named.length];
    }

    function pendingKey(uint32 now_) external view returns (uint256) {
        return hasPending(now_) ? terms[terms.length - 1].key : 0;
    }

    /// @notice Whether the signature of `key` settles a statement of `epoch`: it is in office, or a time of its ended in that
    /// epoch or later.
    function signs(uint256 key, uint32 epoch, uint32 now_) external view returns (bool) {
        if (revoked[key]) return false;
        if (key == keyOf(now_)) return true;
        for (uint256 i = 0; i + 1 < terms.length && terms[i].fromEpoch <= now_; i++) {
            if (terms[i].key == key && terms[i + 1].fromEpoch > epoch) return true;
        }
        return false;
    }
}
