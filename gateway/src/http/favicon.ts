/** Souk's icon: an awning over a stall. */
export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#0b57d0"/>
<path d="M6 8h20l2 7H4z" fill="#fff"/>
<path d="M4 15a3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0" fill="#ffd166"/>
<path d="M7 19h18v6H7z" fill="#fff"/>
</svg>
`;
