// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {PointsTest} from "./PointsTest.sol";

contract PermitTest is PointsTest {
    function test_WhenTheHolderSignedInTheDomainOfTheProgram() external {
        permit(signature(address(points), 0), block.timestamp);
        assertEq(token.allowance(member, other), 7);
        assertEq(IERC20Permit(address(points)).nonces(member), 1);
        bytes memory used = signature(address(points), 0);
        vm.expectPartialRevert(bytes4(keccak256("ERC2612InvalidSigner(address,address)")));
        permit(used, block.timestamp);
    }

    function test_WhenTheSignatureIsForAnotherProgram() external {
        bytes memory foreign = signature(address(createCounting(WINDOW, NO_BUDGET)), 0);
        vm.expectPartialRevert(bytes4(keccak256("ERC2612InvalidSigner(address,address)")));
        permit(foreign, block.timestamp);
    }

    function test_WhenTheDeadlineHasPassed() external {
        bytes memory late = signature(address(points), 0);
        uint256 deadline = block.timestamp;
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSignature("ERC2612ExpiredSignature(uint256)", deadline));
        permit(late, deadline);
    }

    function test_WhenTheDomainIsRead() external view {
        (
            ,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifying,
            ,

        ) = IERC5267(address(points)).eip712Domain();
        assertEq(name, "Dewpoint");
        assertEq(version, "1");
        assertEq(chainId, block.chainid);
        assertEq(verifying, address(points));
    }

    function signature(address program, uint256 nonce) private view returns (bytes memory) {
        return ProgramSignatures.signPermit(MEMBER_KEY, program, other, 7, nonce, block.timestamp);
    }

    function permit(bytes memory packed, uint256 deadline) private {
        (bytes32 r, bytes32 s) = abi.decode(packed, (bytes32, bytes32));
        IERC20Permit(address(points)).permit(member, other, 7, deadline, uint8(packed[64]), r, s);
    }
}
