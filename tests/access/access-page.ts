import type { AccessRow, AccessTable, Outcome, Role } from './access-row.js';
import { roles } from './access-row.js';

/** Where the page is, from the repository's root. */
export const accessPagePath = 'docs/access.md';

const manyRoles = Object.keys(roles) as Role[];

const introduction = `# Access

The result of every operation and every private field for each kind of caller. The page is generated from the tables in [tests/access](../tests/access); \`tests/e2e/access-matrix.test.ts\` sends each call through the gateway and compares. \`npm run docs:access\` writes the page.

- **anonymous** has no access token. All others have one.
- **owner** is the user whose object it is: the buyer of the order, the holder of the account.
- **seller** is the verified partner whose listing the owner bought, or whose object it is. **other seller** is another verified partner.
- **administrator** holds all scopes but \`partner\`.
- **scopes**: a token of another user with one of these scopes alone has the result of the administrator, unless the column says otherwise. With all scopes but these, it has the result of another user.

"yes" is a success. "null" is a null without an error: an object that the caller may not see and one that does not exist look the same. Codes are those of the error or of the refusal in \`userErrors\`. In "each themselves", callers act on their own account.
`;

/** The page that says who may do what. */
export function accessPage(tables: Readonly<Record<string, AccessTable>>): string {
  const sections = Object.entries(tables).map(([subgraph, table]) =>
    [
      `## ${subgraph}`,
      '',
      `| operation or field | ${manyRoles.map((role) => roles[role]).join(' | ')} | scopes |`,
      `|${'---|'.repeat(manyRoles.length + 2)}`,
      ...Object.entries(table).map(([key, row]) => lineOf(key, row)),
      '',
    ].join('\n'),
  );
  return [introduction, ...sections].join('\n');
}

function lineOf(key: string, row: AccessRow): string {
  const { byRole, reason } = row.expected;
  const [coordinate = '', ...suffix] = key.split(' ');
  const notes = [
    ...(suffix.length > 0 ? [suffix.join(' ')] : []),
    ...(row.changesCaller ? ['(each themselves)'] : []),
  ];
  const name = [`\`${coordinate}\``, ...notes].join(' ');
  const cells = manyRoles.map((role) => cellOf(byRole[role], reason));
  return `| ${[name, ...cells, scopesOf(row)].join(' | ')} |`;
}

const accessOutcomes = new Set(['null', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_OWNER']);

function cellOf(outcome: Outcome, reason: string | null): string {
  if (outcome === 'OK') return 'yes';
  return accessOutcomes.has(outcome) || reason === null ? outcome : `${outcome}: ${reason}`;
}

function scopesOf({ expected: { byRole, byScope } }: AccessRow): string {
  return Object.entries(byScope)
    .map(([scope, outcome]) =>
      outcome === byRole.administrator ? `\`${scope}\`` : `\`${scope}\` (${outcome})`,
    )
    .join(', ');
}
