// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {StatementPacking, Line} from "../../model/signatures/StatementPacking.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract LargeRoundTest is BuybackTest {
    uint256 private constant HOLDERS = 10_000;
    /// @dev Statements of a batch and claims of a frame: memory is paid for by its square, so no frame does everything.
    uint256 private constant CHUNK = 500;
    /// @dev Buys a quarter of what all of them tender, with remainders everywhere.
    uint128 private constant BUDGET_WITH_REMAINDERS = 1_234_567_891;

    function test_WhenOneAHundredAndTenThousandHoldersTender() external {
        uint256 one = _gasOfSettling(1);
        uint256 hundred = _gasOfSettling(100);
        uint256 tenThousand = _gasOfSettling(HOLDERS);
        assertApproxEqRel(hundred, one, 0.01e18);
        assertApproxEqRel(tenThousand, one, 0.01e18);
    }

    function test_GivenTenThousandHolders() external {
        vm.pauseGasMetering();
        _closeRoundOf(HOLDERS);
        buyback.settle();
        IBuyback.Round memory round = buyback.roundOf(0);
        assertEq(round.payout, BUDGET_WITH_REMAINDERS);
        assertEq(round.filled, (uint256(round.payout) * 100 + PRICE - 1) / PRICE);
        assertEq(escrow(), round.tendered - round.filled);

        uint256 snapshot = vm.snapshotState();
        // Coprime with the number of holders: each comes up once.
        uint256[3] memory strides = [uint256(1), HOLDERS - 1, 7_919];
        for (uint256 i = 0; i < strides.length; i++) {
            vm.revertToState(snapshot);
            for (uint256 from = 0; from < HOLDERS; from += CHUNK) {
                this.claimInTurn(round, from, strides[i]);
            }
            assertLt(escrow(), HOLDERS);
            assertLt(buyback.owed(), HOLDERS);
            assertGt(escrow(), 0);
            assertGt(buyback.owed(), 0);
            assertEq(money.balanceOf(address(buyback)), buyback.reserve());
            assertEq(buyback.reserve(), BUDGET_WITH_REMAINDERS - round.payout + buyback.owed());
        }
        vm.resumeGasMetering();
    }

    /// @notice Claims both for the next holders in an order, and checks each against its exact part.
    function claimInTurn(IBuyback.Round calldata round, uint256 from, uint256 stride) external {
        for (uint256 turn = from; turn < from + CHUNK; turn++) {
            uint256 i = (turn * stride) % HOLDERS;
            uint256 paid = (uint256(_amount(i)) * round.payout) / round.tendered;
            uint256 rest = round.tendered - round.filled;
            uint256 returned = (uint256(_amount(i)) * rest) / round.tendered;
            assertEq(buyback.claimMoney(0, _holder(i)), paid);
            assertEq(buyback.claimPoints(0, _holder(i)), returned);
        }
    }

    /// @notice Gives the next holders their points and tenders all of them.
    function tenderInTurn(uint256 from, uint256 to) external {
        bytes memory batch;
        for (uint256 i = from; i < to; i++) {
            bytes memory line = StatementPacking.packLine(Line(1, 0, _amount(i)));
            batch = bytes.concat(
                batch,
                StatementPacking.packStatement(_holder(i), points.currentEpoch(), line)
            );
        }
        settleBatch(batch);
        for (uint256 i = from; i < to; i++) tender(_holder(i), 0, _amount(i));
    }

    function _closeRoundOf(uint256 holders) private {
        createBuyback(new TestMoney(6), BuybackTerms(PRICE, BUDGET_WITH_REMAINDERS, MIN_TENDER));
        fund(BUDGET_WITH_REMAINDERS);
        warpToRound(0);
        for (uint256 from = 0; from < holders; from += CHUNK) {
            uint256 to = from + CHUNK;
            this.tenderInTurn(from, to < holders ? to : holders);
        }
        warpToClose(0);
    }

    function _gasOfSettling(uint256 holders) private returns (uint256 used) {
        vm.pauseGasMetering();
        _closeRoundOf(holders);
        vm.cool(address(buyback));
        vm.cool(address(points));
        vm.resumeGasMetering();
        uint256 left = gasleft();
        buyback.settle();
        used = left - gasleft();
        assertEq(buyback.roundOf(0).settled, true);
    }

    /// @dev 100 to 10,106 base units.
    function _amount(uint256 i) private pure returns (uint64) {
        return uint64(MIN_TENDER + ((i * 7_919) % 10_007));
    }

    function _holder(uint256 i) private pure returns (address) {
        return address(uint160(0x1_0000 + i));
    }
}
